using System.Text;
using System.Text.Json;

namespace Qcw.Build.Catalog.Reading;

/// <summary>Reads a JSON file strictly: UTF-8 (with or without a byte order mark), no comments, nothing behind the value.</summary>
internal static class JsonFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The fields of the object that the file consists of, or null where that was reported.</summary>
    public static Fields? Read(string path, Place place, Problems problems)
    {
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            ReadOnlyMemory<byte> json = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsMemory(3) : bytes;
            if (string.IsNullOrWhiteSpace(Strict.GetString(json.Span)))
            {
                problems.Add(place, "is empty, expected a JSON object");
                return null;
            }

            return Parse(json, place, problems);
        }
        catch (DecoderFallbackException)
        {
            problems.Add(place, "is not UTF-8 text");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problems.Add(place, $"cannot be read: {error.Message}");
        }

        return null;
    }

    private static Fields? Parse(ReadOnlyMemory<byte> json, Place place, Problems problems)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement.Clone();
            return ReportUnpairedSurrogates(root, place, problems) ? null : new Field(root, place, problems).Object("a JSON object");
        }
        catch (JsonException error)
        {
            problems.Add(place, $"line {error.LineNumber + 1}, column {Column(json.Span, error)}: {Sentence(error)}");
            return null;
        }
    }

    /// <summary>JSON's escapes can spell what is not text ("\ud800"); System.Text.Json throws only when it is asked for.</summary>
    private static bool ReportUnpairedSurrogates(JsonElement value, Place place, Problems problems)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString() is null,
                JsonValueKind.Array => value.EnumerateArray().Index().ToList()
                    .Exists(item => ReportUnpairedSurrogates(item.Item, place.Item(item.Index), problems)),
                JsonValueKind.Object => value.EnumerateObject().ToList()
                    .Exists(field => ReportUnpairedSurrogates(field.Value, place.Field(field.Name), problems)),
                _ => false,
            };
        }
        catch (InvalidOperationException)
        {
            problems.Add(place, "found an escape that is half of a character, expected Unicode text");
            return true;
        }
    }

    // the parser counts bytes from 0, editors count characters from 1
    private static int Column(ReadOnlySpan<byte> json, JsonException error)
    {
        for (long line = 0; line < error.LineNumber; line++)
        {
            json = json[(json.IndexOf((byte)'\n') + 1)..];
        }

        return Encoding.UTF8.GetCharCount(json[..(int)Math.Min(json.Length, error.BytePositionInLine ?? 0)]) + 1;
    }

    // the parser ends its sentence with the position, which is already said
    private static string Sentence(JsonException error) => error.Message.Split(" LineNumber:", 2)[0];
}
