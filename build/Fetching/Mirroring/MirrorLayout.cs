using Qcw.Build.Fetching.Git;

namespace Qcw.Build.Fetching.Mirroring;

/// <summary>Where things stand in a mirror, as <c>docs/mirror.md</c> says: paths relative to its top, with slashes.</summary>
public static class MirrorLayout
{
    /// <summary>Go modules, as a tree that GOPROXY can name.</summary>
    public const string GoModules = "go";

    /// <summary>The packages that the image with MSYS2 was made from.</summary>
    public const string Msys2 = "msys2";

    /// <summary>A source archive, one of Debian's, or an SDK as an archive or as Debian's packages.</summary>
    public static string Archive(string fileName) => "archives/" + fileName;

    /// <summary>The signature of an archive.</summary>
    public static string Signature(string fileName) => "signatures/" + fileName;

    /// <summary>A remote patch.</summary>
    public static string Patch(Component component, RemotePatch patch) => $"patches/{component.Name}/{patch.Name}.patch";

    /// <summary>A git repository; the name is that of <see cref="GitFetcher.NameOf"/>.</summary>
    public static string Repository(string name) => $"git/{name}.git";

    /// <summary>The branch that holds a commit in a repository that <see cref="MirrorWriter"/> made; several lines may share one.</summary>
    public static string Branch(string commit) => "refs/heads/pinned-" + commit;

    /// <summary>A Debian package that firmware is taken from.</summary>
    public static string Firmware(string fileName) => "firmware/" + fileName;

    /// <summary>The record of the versions of a line's firmware packages.</summary>
    public static string FirmwareRecord(ReleaseLine line) => $"firmware/{line.Name}.json";

    /// <summary>The list of what was written for a line.</summary>
    public static string Inventory(string line) => $"inventory/{line}.json";
}
