namespace Qcw.Build.Fetching;

/// <summary>What identifies the file that a partial download is a part of.</summary>
/// <param name="Url">The address it came from: another address may have other bytes under the same name.</param>
/// <param name="ETag">The server's strong or weak entity tag, as sent, or null.</param>
/// <param name="LastModified">The server's modification time, or null.</param>
/// <param name="Length">Bytes of the whole file, or null where the server did not say.</param>
public sealed record ResumeState(string Url, string? ETag, DateTimeOffset? LastModified, long? Length);
