using System.Text.Encodings.Web;
using System.Text.Json;

namespace Qcw.Build.Core;

/// <summary>
/// The JSON files that the build writes and reads back: indented, camelCase, LF. (Versions files have a stricter reader.)
/// </summary>
public static class JsonText
{
    /// <summary>How they are written; the one place that says so.</summary>
    public static readonly JsonSerializerOptions Settings = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a + in a version stays readable; nothing of it goes into HTML
    };

    private static readonly JsonSerializerOptions Compact = new(Settings) { WriteIndented = false };

    /// <summary>A value as the text of a file, with a line end at its end.</summary>
    public static string Of<T>(T value) => JsonSerializer.Serialize(value, Settings) + "\n";

    /// <summary>A value on one line, without a line end.</summary>
    public static string OneLine<T>(T value) => JsonSerializer.Serialize(value, Compact);

    /// <summary>
    /// Reads a record that can be made again. Members that are missing in the file are null, whatever their type says.
    /// </summary>
    /// <returns>Null where the file does not exist or is not such a record.</returns>
    public static T? ReadOrNull<T>(string path)
        where T : class
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<T>(File.ReadAllText(path), Settings) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
