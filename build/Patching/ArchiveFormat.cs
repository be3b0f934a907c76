namespace Qcw.Build.Patching;

/// <summary>How an archive is packed.</summary>
internal enum ArchiveFormat
{
    Tar,
    GZip,
    Xz,
    BZip2,
    Zip,
}
