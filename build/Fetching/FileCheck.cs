namespace Qcw.Build.Fetching;

/// <summary>Compares a file that came with what was asked for.</summary>
public static class FileCheck
{
    /// <summary>What is wrong with the bytes, or null. The text says expected, got, and what the bytes look like.</summary>
    public static string? Problem(FileRequest request, string path)
    {
        if (!File.Exists(path) || new FileInfo(path).Length == 0)
        {
            return "what came is an empty file (deleted)";
        }

        if (request.Sha256 is { } expected && Files.Sha256(path) is var got && got != expected)
        {
            string looks = BodySniffer.Describe(path) is { } description
                ? $"\n      it is {description}, not the file"
                : "\n      the pin or the file has changed: compare both with what others record before trusting either";
            return $"what came has the wrong sha256 (deleted)\n      expected: {expected}\n      got:      {got}, {ByteSize.Format(new FileInfo(path).Length)}{looks}";
        }

        try
        {
            request.Verify?.Invoke(path);
            return null;
        }
        catch (BuildException e)
        {
            string looks = BodySniffer.Describe(path) is { } description ? $"\n      it is {description}, not the file" : string.Empty;
            return $"{e.Message} (deleted){looks}";
        }
    }
}
