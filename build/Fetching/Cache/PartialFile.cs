namespace Qcw.Build.Fetching.Cache;

/// <summary>
/// An unfinished download: the bytes so far, and beside them (<c>.json</c>) where they came from and what identifies that version of the
/// file. So a later run, also after a kill, can ask the server for the rest of the same file.
/// </summary>
public sealed class PartialFile(string path)
{
    private string StatePath => path + ".json";

    /// <summary>Full path of the bytes.</summary>
    public string Path => path;

    /// <summary>Number of bytes so far.</summary>
    public long Length => File.Exists(path) ? new FileInfo(path).Length : 0;

    /// <summary>Which file the bytes belong to; null: nothing is known, so they cannot be used.</summary>
    public ResumeState? State => JsonText.ReadOrNull<ResumeState>(StatePath);

    /// <summary>Deletes the bytes so far and records which file the next ones belong to.</summary>
    public void Begin(ResumeState state)
    {
        Delete();
        Files.Write(StatePath, JsonText.Of(state));
    }

    /// <summary>Opens the bytes for appending; the file is created if it does not exist.</summary>
    public FileStream OpenToAppend()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        return new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
    }

    /// <summary>Deletes bytes and state.</summary>
    public void Delete()
    {
        // state first: bytes without a state are not resumed, a state without bytes is harmless
        File.Delete(StatePath);
        File.Delete(path);
    }
}

/// <summary>What identifies the file that a partial download is a part of.</summary>
/// <param name="Url">The address it came from: another address may have other bytes under the same name.</param>
/// <param name="ETag">The server's strong or weak entity tag, as sent, or null.</param>
/// <param name="LastModified">The server's modification time, or null.</param>
/// <param name="Length">Bytes of the whole file, or null where the server did not say.</param>
public sealed record ResumeState(string Url, string? ETag, DateTimeOffset? LastModified, long? Length);
