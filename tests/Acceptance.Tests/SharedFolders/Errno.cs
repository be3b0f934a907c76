namespace Qcw.Acceptance.Tests.SharedFolders;

/// <summary>Linux' numbers of errors, which is what a guest gets.</summary>
internal enum Errno
{
    /// <summary>It was done.</summary>
    None = 0,
    ENOENT = 2,
    EIO = 5,
    EACCES = 13,
    EEXIST = 17,
    ENOTDIR = 20,
    EISDIR = 21,
    EINVAL = 22,
    ENAMETOOLONG = 36,
    ENOTEMPTY = 39,
    EILSEQ = 84,
    EOPNOTSUPP = 95,
}
