namespace Qcw.Tests.Support;

/// <summary>A new empty folder for one test. It is deleted with everything in it when the test disposes of it.</summary>
/// <param name="prefix">How the folder's name begins, for tests that need a special character in a path.</param>
public sealed class TemporaryFolder(string prefix = "qcw-test-") : IDisposable
{
    /// <summary>The folder's full path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory(prefix).FullName;

    /// <summary>The full path of a file or folder in it, which need not exist.</summary>
    public string this[string relative] => System.IO.Path.Combine(Path, relative);

    /// <summary>Writes a text file and the folders above it.</summary>
    /// <returns>The file's full path.</returns>
    public string Write(string relative, string text)
    {
        File.WriteAllText(Prepare(relative), text);
        return this[relative];
    }

    /// <inheritdoc cref="Write(string, string)"/>
    public string Write(string relative, byte[] bytes)
    {
        File.WriteAllBytes(Prepare(relative), bytes);
        return this[relative];
    }

    /// <summary>Makes a folder in it.</summary>
    /// <returns>The folder's full path.</returns>
    public string Create(string relative) => Directory.CreateDirectory(this[relative]).FullName;

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    private string Prepare(string relative)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[relative])!);
        return this[relative];
    }
}
