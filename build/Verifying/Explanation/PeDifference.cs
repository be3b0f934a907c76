using System.Globalization;
using System.Reflection.PortableExecutable;
using Qcw.Build.Packaging.Pe;

namespace Qcw.Build.Verifying.Explanation;

/// <summary>What differs between two exes or DLLs: imports, versions, sections, fields of the header.</summary>
internal static class PeDifference
{
    // what changes with anything else, or says nothing alone
    private static readonly string[] Derived = ["CheckSum"];

    /// <summary>The differences, the telling ones first; each is one line, or three with what stands there.</summary>
    /// <param name="theirs">Published, a full path.</param>
    /// <param name="ours">Built here, a full path.</param>
    /// <param name="wholly">False: what stands behind the last section is not looked at.</param>
    /// <exception cref="BuildException">One of them is damaged.</exception>
    public static IReadOnlyList<string[]> Of(string theirs, string ours, bool wholly)
    {
        var found = new List<string[]>();
        AddImports(found, PeImage.Read(theirs), PeImage.Read(ours));
        (PeVersion? published, PeVersion? built) = (PeVersion.Read(theirs), PeVersion.Read(ours));
        if (published != built)
        {
            found.Add([$"version resource: published {Text(published)}, built here {Text(built)}"]);
        }

        byte[] theirBytes = File.ReadAllBytes(theirs);
        byte[] ourBytes = File.ReadAllBytes(ours);
        try
        {
            var (their, our) = (new PEHeaders(new MemoryStream(theirBytes)), new PEHeaders(new MemoryStream(ourBytes)));
            AddSections(found, their, our, theirBytes, ourBytes);
            AddHeader(found, their, our);
            if (wholly)
            {
                AddEnd(found, theirBytes.AsSpan(EndOf(their, theirBytes.Length)), ourBytes.AsSpan(EndOf(our, ourBytes.Length)));
            }
        }
        catch (BadImageFormatException e)
        {
            throw new BuildException($"{theirs} or {ours} is not a valid PE image: {e.Message}", e);
        }

        return found;
    }

    private static void AddImports(List<string[]> found, PeImage theirs, PeImage ours)
    {
        string[] published = [.. theirs.Imports.Select(import => import.Dll)];
        string[] built = [.. ours.Imports.Select(import => import.Dll)];
        if (published.SequenceEqual(built))
        {
            return;
        }

        string[] more = [.. published.Except(built, StringComparer.OrdinalIgnoreCase)];
        string[] less = [.. built.Except(published, StringComparer.OrdinalIgnoreCase)];
        found.Add(
        [
            more.Length + less.Length == 0 ? "imports: the same DLLs, named in another way or order"
                : $"imports: only published: {Names(more)}; only built here: {Names(less)}",
            .. more.Length + less.Length == 0 ? Excerpt.Quotes(string.Join(", ", published), string.Join(", ", built)) : [],
        ]);
    }

    private static void AddSections(List<string[]> found, PEHeaders theirs, PEHeaders ours, byte[] theirBytes, byte[] ourBytes)
    {
        string[] published = [.. theirs.SectionHeaders.Select(section => section.Name)];
        string[] built = [.. ours.SectionHeaders.Select(section => section.Name)];
        if (!published.SequenceEqual(built))
        {
            found.Add([$"sections: published {Names(published)}; built here {Names(built)}"]);
        }

        foreach (SectionHeader their in theirs.SectionHeaders)
        {
            if (ours.SectionHeaders.FirstOrDefault(one => one.Name == their.Name) is not { Name: not null } our)
            {
                continue;
            }

            ReadOnlySpan<byte> one = Data(their, theirBytes);
            ReadOnlySpan<byte> other = Data(our, ourBytes);
            if (Excerpt.FirstDifference(one, other) is { } at)
            {
                string size = one.Length == other.Length ? Excerpt.HowMany(one, other)
                    : $"{one.Length} bytes published, {other.Length} built here";
                found.Add(
                [
                    string.Create(CultureInfo.InvariantCulture, $"section {their.Name}, from RVA 0x{their.VirtualAddress + at:x}: {size}"),
                    .. Excerpt.Lines(one, other, at),
                ]);
            }

            if (their.SectionCharacteristics != our.SectionCharacteristics)
            {
                found.Add(
                    [$"section {their.Name}: published {their.SectionCharacteristics}, built here {our.SectionCharacteristics}"]);
            }
        }
    }

    private static void AddHeader(List<string[]> found, PEHeaders theirs, PEHeaders ours)
    {
        (string Name, object Theirs, object Ours)[] fields =
        [
            .. typeof(CoffHeader).GetProperties()
                .Select(field => (field.Name, field.GetValue(theirs.CoffHeader)!, field.GetValue(ours.CoffHeader)!)),
            .. typeof(PEHeader).GetProperties().Where(field => field.PropertyType != typeof(DirectoryEntry))
                .Select(field => (field.Name, field.GetValue(theirs.PEHeader)!, field.GetValue(ours.PEHeader)!)),
        ];
        (string Name, object Theirs, object Ours)[] different = [.. fields.Where(field => !field.Theirs.Equals(field.Ours))];
        string[] telling = [.. different.Where(field => !Derived.Contains(field.Name)).Select(Line)];
        if (telling.Length > 0)
        {
            found.Add(["header: " + string.Join("; ", telling)]);
        }
        else if (different.Length > 0 && found.Count == 0)
        {
            found.Add(["header: " + string.Join("; ", different.Select(Line))]);
        }
    }

    private static void AddEnd(List<string[]> found, ReadOnlySpan<byte> theirs, ReadOnlySpan<byte> ours)
    {
        if (Excerpt.FirstDifference(theirs, ours) is { } at)
        {
            found.Add([$"behind the last section: {theirs.Length} bytes published, {ours.Length} built here, from byte {at} on"]);
        }
    }

    private static string Line((string Name, object Theirs, object Ours) field) =>
        $"{field.Name} {Value(field.Name, field.Theirs)}, built here {Value(field.Name, field.Ours)}";

    private static string Value(string name, object value) => value switch
    {
        int seconds when name == "TimeDateStamp" =>
            DateTimeOffset.FromUnixTimeSeconds((uint)seconds).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        int or uint or ulong or ushort or short => string.Create(CultureInfo.InvariantCulture, $"0x{value:x}"),
        _ => value.ToString() ?? string.Empty,
    };

    private static ReadOnlySpan<byte> Data(SectionHeader section, byte[] bytes) =>
        section.PointerToRawData >= 0 && section.SizeOfRawData >= 0
        && section.PointerToRawData + (long)section.SizeOfRawData <= bytes.Length
            ? bytes.AsSpan(section.PointerToRawData, section.SizeOfRawData)
            : throw new BadImageFormatException($"the section {section.Name} is outside the file");

    private static int EndOf(PEHeaders headers, int length) =>
        Math.Min(length, headers.SectionHeaders.Select(section => section.PointerToRawData + section.SizeOfRawData).Append(0).Max());

    private static string Text(PeVersion? version) => version is null ? "none" : $"{version.Numbers} (language {version.Language})";

    private static string Names(string[] names) => names.Length == 0 ? "none" : string.Join(", ", names.Take(12));
}
