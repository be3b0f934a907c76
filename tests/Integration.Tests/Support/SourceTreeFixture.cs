using System.Security.Cryptography;
using System.Text;
using Qcw.Build.Fetching;
using Qcw.Build.Sources.Patches;
using Qcw.Build.Sources.Trees;

namespace Qcw.Integration.Tests.Support;

/// <summary>A folder of its own for one test, with a source tree in it.</summary>
internal sealed class SourceTreeFixture : IDisposable
{
    public const long Epoch = 1_680_000_000;
    private readonly StringWriter output = new();

    public SourceTreeFixture()
    {
        Directory.CreateDirectory(Folder);
        Paths = new Paths(Folder, Path.Combine(Folder, "artifacts"));
    }

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), "qcw-test-" + Guid.NewGuid().ToString("n"));

    public Paths Paths { get; }

    public Component Component { get; set; } = new("demo", "1.0", new LocalSource("demo", "demo"), [], [], []);

    public string Tree => Paths.Source(Component);

    public string Head => Git("rev-parse", "HEAD");

    /// <summary>What the log got since the last call.</summary>
    public string TakeOutput()
    {
        string text = output.ToString();
        output.GetStringBuilder().Clear();
        return text;
    }

    public FetchedSource Archive(params SourceArchiveItem[] items) => Archive(SourceArchive.GZip(SourceArchive.Tar(items)));

    public FetchedSource Archive(byte[] bytes)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        string path = Path.Combine(Folder, hash[..8] + ".archive");
        File.WriteAllBytes(path, bytes);
        return new FetchedSource(FetchedKind.Archive, path, hash);
    }

    public PatchFile Patch(string name, string text) => Patch(name, Encoding.UTF8.GetBytes(text));

    public PatchFile Patch(string name, byte[] bytes)
    {
        string path = Path.Combine(Folder, name + ".patch");
        File.WriteAllBytes(path, bytes);
        return new PatchFile(name, path, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    public string Apply(FetchedSource source, params PatchFile[] patches) => SourceTree().Apply(Component, source, patches);

    public string Unpack(FetchedSource source) => SourceTree().Unpack(Component, source);

    public string PathOf(string file) => Path.Combine(Tree, file);

    public string Read(string file) => File.ReadAllText(PathOf(file));

    /// <summary>Runs git in the tree as a person would, but for the person's configuration.</summary>
    public string Git(params string[] arguments) => GitIn(Tree, arguments);

    public static string GitIn(string folder, params string[] arguments) =>
        ProcessRunner.Run(new ProcessRequest("git", ["-c", "user.name=Someone", "-c", "user.email=someone@localhost", "-c", "protocol.file.allow=always", .. arguments])
        {
            WorkingDirectory = folder,
            Environment = new Dictionary<string, string?> { ["GIT_CONFIG_GLOBAL"] = "/dev/null", ["GIT_CONFIG_NOSYSTEM"] = "1" },
        }).StandardOutput.TrimEnd('\n');

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

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static void Describe(DirectoryInfo folder, string prefix, StringBuilder text)
    {
        foreach (FileSystemInfo child in folder.EnumerateFileSystemInfos().Where(child => child.Name != ".git").OrderBy(child => child.Name, StringComparer.Ordinal))
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

    private SourceTree SourceTree()
    {
        var log = new BuildLog(output, interactive: false);
        return new SourceTree(Paths, new StepRunner(log), log, Epoch);
    }
}
