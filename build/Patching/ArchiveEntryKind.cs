namespace Qcw.Build.Patching;

/// <summary>The kinds of archive members that a source tree may have.</summary>
internal enum ArchiveEntryKind
{
    Directory,
    File,
    SymbolicLink,
    HardLink,
}
