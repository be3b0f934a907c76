using Qcw.Build.Components;

namespace Qcw.Integration.Tests.Components.Podman;

/// <summary>A small tree with the shape of Podman's, and a client with three commands.</summary>
internal sealed class PodmanTree : IDisposable
{
    // one pixel
    private const string Image = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNoAAAAggCBd81ytgAAAABJRU5ErkJggg==";

    private readonly TemporaryFolder folder = new();

    /// <summary>Writes the tree.</summary>
    public PodmanTree()
    {
        string fixtures = Repository.Fixture("podman");
        foreach (string file in Directory.EnumerateFiles(fixtures, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(InSource(Path.GetRelativePath(fixtures, file)))!);
            File.Copy(file, InSource(Path.GetRelativePath(fixtures, file)));
        }

        folder.Write("source/logo/podman-logo.png", Convert.FromBase64String(Image));
    }

    /// <summary>Full path of something in the source tree.</summary>
    public string InSource(string path) => Path.Combine(folder["source"], path);

    /// <summary>Changes a file of the source tree.</summary>
    public void Change(string path, Func<string, string> change) =>
        File.WriteAllText(InSource(path), change(File.ReadAllText(InSource(path))));

    /// <summary>What is asked for; everything is made below the folder of that name.</summary>
    public PodmanDocsRequest Request(string name) =>
        new(
            folder["source"],
            InSource("podman-remote"),
            folder[$"{name}/work"],
            folder[$"{name}/html"],
            1_682_812_800,
            folder[$"{name}/log/docs.log"]);

    /// <summary>All files of the source tree with their contents, as one text.</summary>
    public string Snapshot() =>
        string.Concat(Directory.GetFiles(folder["source"], "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => $"{file} {File.GetLastWriteTimeUtc(file):O} {Convert.ToHexString(File.ReadAllBytes(file))}\n"));

    public void Dispose() => folder.Dispose();
}
