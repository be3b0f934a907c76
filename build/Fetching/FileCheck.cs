namespace Qcw.Build.Fetching;

/// <summary>Verifies a downloaded file.</summary>
public static class FileCheck
{
    /// <summary>
    /// What is wrong with the file; null: nothing. The text has the expected and the actual hash, and what the bytes look like.
    /// </summary>
    public static string? Problem(FileRequest request, string path)
    {
        if (!File.Exists(path) || new FileInfo(path).Length == 0)
        {
            return "the file is empty; it was deleted";
        }

        if (request.Sha256 is { } expected && Files.Sha256(path) is var got && got != expected)
        {
            string looks = BodySniffer.Describe(path) is { } description
                ? $"\n      it is {description}, not the file"
                : "\n      the pin or the file has changed: before you trust either, compare both with a third source";
            string size = ByteSize.Format(new FileInfo(path).Length);
            return $"wrong sha256; the file was deleted\n      expected: {expected}\n      got:      {got}, {size}{looks}";
        }

        try
        {
            request.Verify?.Invoke(path);
            return null;
        }
        catch (BuildException e)
        {
            string looks = BodySniffer.Describe(path) is { } description ? $"\n      it is {description}, not the file" : string.Empty;
            return $"{e.Message}; the file was deleted{looks}";
        }
    }
}
