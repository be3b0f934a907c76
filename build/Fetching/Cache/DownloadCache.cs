namespace Qcw.Build.Fetching.Cache;

/// <summary>
/// The verified inputs, <c>artifacts/downloads/&lt;sha256&gt;/&lt;file name&gt;</c>. A file is verified, flushed to the disk and then
/// renamed, so everything there is complete and right. Unfinished downloads are in <c>partial/</c>.
/// </summary>
public sealed class DownloadCache(string folder)
{
    /// <summary>Full path of the cache.</summary>
    public string Folder => folder;

    /// <summary>Full path of a verified file, whether it is there or not.</summary>
    public string PathOf(string sha256, string fileName) => Path.Combine(folder, sha256, Checked(fileName));

    /// <summary>True if the cache has the file.</summary>
    public bool Contains(string sha256, string fileName) => File.Exists(PathOf(sha256, fileName));

    /// <summary>The unfinished download of a key (a hash, or a hash of addresses); to be used under its lock only.</summary>
    public PartialFile Partial(string key) => new(Path.Combine(PartialFolder, key + ".part"));

    /// <summary>Waits until no other process or thread works on a key.</summary>
    public Task<FileLock> LockAsync(string key, Action waiting, CancellationToken cancel) =>
        FileLock.WaitAsync(Path.Combine(PartialFolder, key + ".lock"), waiting, cancel);

    /// <summary>Moves a verified file into the cache.</summary>
    /// <returns>Its full path in the cache.</returns>
    public string Store(PartialFile partial, string sha256, string fileName)
    {
        string path = PathOf(sha256, fileName);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Files.Replace(partial.Path, path);
        partial.Delete();
        return path;
    }

    /// <summary>Keeps where a file came from: the records of a release say it.</summary>
    public void Record(string sha256, string fileName, string servedBy)
    {
        string record = RecordOf(sha256, fileName);
        Directory.CreateDirectory(Path.GetDirectoryName(record)!);
        Files.Write(record, servedBy);
    }

    /// <summary>Where a file came from; null: not known.</summary>
    public string? ServedBy(string sha256, string fileName)
    {
        string record = RecordOf(sha256, fileName);
        return File.Exists(record) ? File.ReadAllText(record) : null;
    }

    /// <summary>A key for a file whose hash is not known: a hash of the texts that identify it.</summary>
    public static string KeyOf(params IEnumerable<string> texts)
    {
        var all = new Fingerprint();
        foreach ((int index, string text) in texts.Index())
        {
            all.Add(index.ToString("0000", System.Globalization.CultureInfo.InvariantCulture), text);
        }

        return all.Hash;
    }

    private string RecordOf(string sha256, string fileName) => PathOf(sha256, fileName) + ".origin";

    private string PartialFolder => Path.Combine(folder, "partial");

    // names come from URLs and versions files, and none may lead out of the cache
    private static string Checked(string fileName) =>
        fileName.Length > 0 && fileName[0] != '.' && fileName.IndexOfAny(['/', '\\', ':']) < 0
            ? fileName
            : throw new BuildException($"'{fileName}' is not a plain file name");
}
