using System.Buffers.Binary;
using System.Text;

namespace Qcw.Build.Compiling.Go;

/// <summary>
/// The functions that Go's linker put into a program: those that something calls, and those that were inlined into them. Read from the
/// table that the runtime has for stack traces (Go's <c>runtime/symtab.go</c> and <c>debug/gosym</c>), which stripping does not remove.
/// </summary>
/// <param name="Packages">Import paths of packages with at least one function.</param>
/// <param name="Names">
/// Import path, a blank, and function, as Go's database of vulnerabilities has it: <c>net/http Client.Do</c>. A function inside another one
/// counts as both.
/// </param>
public sealed record GoSymbols(IReadOnlySet<string> Packages, IReadOnlySet<string> Names)
{
    // behind the magic number: two zeros, the quantum of instructions, the size of a pointer; then as many words
    private const int HeaderSize = 8;
    private const int PointerSize = 8;
    private const int FunctionsWord = 0;
    private const int NamesWord = 3;
    private const int NamesEndWord = 4;
    private const int Words = 8;

    // of Go 1.18 and of 1.20 and newer
    private static readonly uint[] Magic = [0xfffffff0, 0xfffffff1];

    /// <summary>Reads them from a program's bytes.</summary>
    /// <param name="image">All bytes of an exe for a processor of 64 bits.</param>
    /// <returns>Null where there is no such table, or it is that of another Go.</returns>
    public static GoSymbols? Read(ReadOnlySpan<byte> image)
    {
        foreach (uint magic in Magic)
        {
            byte[] mark = new byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32LittleEndian(mark, magic);
            for (int start = 0; image[start..].IndexOf(mark) is >= 0 and int found; start += found + 1)
            {
                // the number may be a constant of a program that reads such tables
                if (NamesIn(image[(start + found)..]) is { IsEmpty: false } names)
                {
                    return Parse(names);
                }
            }
        }

        return null;
    }

    private static ReadOnlySpan<byte> NamesIn(ReadOnlySpan<byte> table)
    {
        if (table.Length < HeaderSize + Words * PointerSize || table[4] != 0 || table[5] != 0 || table[6] is not (1 or 2 or 4)
            || table[7] != PointerSize)
        {
            return [];
        }

        ulong functions = Word(table, FunctionsWord);
        ulong start = Word(table, NamesWord);
        ulong end = Word(table, NamesEndWord);
        // the first name is empty or that of the runtime's first function
        return functions is > 0 and < int.MaxValue && start >= HeaderSize + Words * PointerSize - PointerSize && start < end
            && end <= (ulong)table.Length ? table[(int)start..(int)end] : [];
    }

    private static ulong Word(ReadOnlySpan<byte> table, int number) =>
        BinaryPrimitives.ReadUInt64LittleEndian(table[(HeaderSize + number * PointerSize)..]);

    private static GoSymbols Parse(ReadOnlySpan<byte> names)
    {
        var packages = new HashSet<string>(StringComparer.Ordinal);
        var functions = new HashSet<string>(StringComparer.Ordinal);
        foreach (Range range in names.Split((byte)0))
        {
            string name = Encoding.UTF8.GetString(names[range]);
            // the parameters of generics may have paths of their own; type. and go. are the linker's
            int generic = name.IndexOf('[', StringComparison.Ordinal);
            string plain = generic < 0 ? name : name[..generic];
            int slash = plain.LastIndexOf('/');
            int dot = plain.IndexOf('.', slash + 1);
            if (dot <= 0 || plain.StartsWith("type:", StringComparison.Ordinal) || plain.StartsWith("go:", StringComparison.Ordinal)
                || plain.StartsWith("type.", StringComparison.Ordinal) || plain.StartsWith("go.", StringComparison.Ordinal))
            {
                continue;
            }

            // dots in the last part of a path are escaped
            string package = Uri.UnescapeDataString(plain[..dot]);
            packages.Add(package);
            string[] parts = WithoutGenerics(name[(dot + 1)..]).Split('.');
            string first = parts[0].Trim('(', ')', '*');
            functions.Add($"{package} {first}");
            if (parts.Length > 1)
            {
                functions.Add($"{package} {first}.{parts[1]}");
            }
        }

        return new GoSymbols(packages, functions);
    }

    // (*Map[go.shape.string]).Load-fm is a value of Map.Load
    private static string WithoutGenerics(string name)
    {
        var text = new StringBuilder();
        int depth = 0;
        foreach (char letter in name)
        {
            depth += letter == '[' ? 1 : 0;
            if (depth == 0)
            {
                text.Append(letter);
            }

            depth -= letter == ']' ? 1 : 0;
        }

        return text.Replace("-fm", string.Empty).ToString();
    }
}
