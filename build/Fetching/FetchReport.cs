namespace Qcw.Build.Fetching;

/// <summary>The words for one fetched file.</summary>
internal static class FetchReport
{
    public static string Text(FetchedFile file) =>
        file.From is null ? "up to date" : $"fetched {ByteSize.Format(new FileInfo(file.Path).Length)} from {file.From}";
}
