namespace Qcw.Build.Tests.Packaging;

/// <summary>A temporary folder, deleted with it.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("qcw-packaging-").FullName;

    /// <summary>The full path of a file in it; folders on the way are made.</summary>
    public string PathOf(string relative)
    {
        string path = Path.Combine(Root, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    public string Write(string relative, string text)
    {
        File.WriteAllText(PathOf(relative), text);
        return PathOf(relative);
    }

    public string Write(string relative, byte[] bytes)
    {
        File.WriteAllBytes(PathOf(relative), bytes);
        return PathOf(relative);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
