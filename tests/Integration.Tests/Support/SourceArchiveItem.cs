using System.Formats.Tar;
using System.Text;

namespace Qcw.Integration.Tests.Support;

/// <summary>A member of an archive that a test builds.</summary>
internal sealed record SourceArchiveItem(string Name, TarEntryType Type = TarEntryType.RegularFile, byte[]? Content = null, string? Link = null, bool Executable = false, long Time = 1_600_000_000)
{
    public static SourceArchiveItem File(string name, string content = "text\n", bool executable = false, long time = 1_600_000_000) =>
        new(name, Content: Encoding.UTF8.GetBytes(content), Executable: executable, Time: time);

    public static SourceArchiveItem Folder(string name, long time = 1_600_000_000) => new(name, TarEntryType.Directory, Time: time);

    public static SourceArchiveItem SymbolicLink(string name, string target) => new(name, TarEntryType.SymbolicLink, Link: target);

    public static SourceArchiveItem HardLink(string name, string target) => new(name, TarEntryType.HardLink, Link: target);
}
