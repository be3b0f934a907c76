using System.Text;
using Qcw.Build.Fetching;
using Qcw.Build.Sources.Patches;
using Qcw.Build.Sources.Trees;

namespace Qcw.Integration.Tests.Sources;

/// <summary>A folder of its own for one test, with a source tree in it.</summary>
internal sealed class SourceTreeFixture : IDisposable
{
    public const long Epoch = 1_680_000_000;
    private readonly TemporaryFolder folder = new();
    private readonly RecordingLog log = new();

    public string Folder => folder.Path;

    public Paths Paths => new(Folder, folder["artifacts"]);

    public Component Component { get; set; } = Sample.Component("demo", source: new LocalSource("demo", "demo"));

    public string Tree => Paths.Source(Component);

    public string Head => Git("rev-parse", "HEAD");

    /// <summary>What the log got since the last call.</summary>
    public string TakeOutput() => log.Take();

    public FetchedSource Archive(params SourceArchiveItem[] items) => Archive(SourceArchive.GZip(SourceArchive.Tar(items)));

    public FetchedSource Archive(byte[] bytes)
    {
        string hash = Sample.Sha256(bytes);
        return new FetchedSource(FetchedKind.Archive, folder.Write(hash[..8] + ".archive", bytes), hash) { Source = Component.Source };
    }

    public PatchFile Patch(string name, string text) => Patch(name, Encoding.UTF8.GetBytes(text));

    public PatchFile Patch(string name, byte[] bytes) => new(name, folder.Write(name + ".patch", bytes), Sample.Sha256(bytes));

    /// <summary>Writes a file of the test's own, beside the tree.</summary>
    public string Write(string file, string text) => folder.Write(file, text);

    public string Apply(FetchedSource source, params PatchFile[] patches) => SourceTree().Apply(Component, source, patches).Path;

    public string Unpack(FetchedSource source) => SourceTree().Unpack(Component, source).Path;

    public string PathOf(string file) => Path.Combine(Tree, file);

    public string Read(string file) => File.ReadAllText(PathOf(file));

    /// <summary>Runs git in the tree as a person would, but for the person's configuration.</summary>
    public string Git(params string[] arguments) => TestRepository.Git(Tree, arguments);

    /// <summary>Names, modes, link targets, times and contents of a tree, without git's folder, as text.</summary>
    public static string Describe(string folder)
    {
        var text = new StringBuilder();
        Describe(new DirectoryInfo(folder), string.Empty, text);
        return text.ToString();
    }

    /// <summary>These tests run on Unix, where files have modes.</summary>
    public static void SetExecutable(string path, bool executable) =>
        ProcessRunner.Run(new ProcessRequest("chmod", executable ? "755" : "644", path));

    public void Dispose()
    {
        folder.Dispose();
        log.Dispose();
    }

    private static void Describe(DirectoryInfo folder, string prefix, StringBuilder text)
    {
        foreach (FileSystemInfo child in folder
                .EnumerateFileSystemInfos()
                .Where(child => child.Name != ".git")
                .OrderBy(child => child.Name, StringComparer.Ordinal))
        {
            string what = child.LinkTarget is { } target ? "-> " + target
                : child is DirectoryInfo ? $"{child.UnixFileMode}"
                : $"{child.UnixFileMode} {child.LastWriteTimeUtc:O} {Files.Sha256(child.FullName)}";
            text.Append(prefix).Append(child.Name).Append(' ').Append(what).Append('\n');
            if (child is DirectoryInfo { LinkTarget: null } below)
            {
                Describe(below, prefix + child.Name + '/', text);
            }
        }
    }

    private SourceTree SourceTree() => new(Paths, new StepRunner(log.Log), log.Log, Epoch);
}
