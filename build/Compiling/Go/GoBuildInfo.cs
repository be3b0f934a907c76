using System.Text;

namespace Qcw.Build.Compiling.Go;

/// <summary>A Go module that is linked into a program.</summary>
/// <param name="Path">Its path: <c>golang.org/x/sys</c>.</param>
/// <param name="Version">As in <c>go.mod</c>: <c>v0.15.0</c>.</param>
public sealed record GoModule(string Path, string Version);

/// <summary>What Go's linker writes into a program about its making: what <c>go version -m</c> prints.</summary>
/// <param name="GoVersion">The release of Go, whose own library is inside: <c>go1.26.11</c>.</param>
/// <param name="Modules">The modules that packages of it are from, without its own, in the order of the program.</param>
public sealed record GoBuildInfo(string GoVersion, IReadOnlyList<GoModule> Modules)
{
    /// <summary>The path of its own module; null: it does not say.</summary>
    public string? Main { get; init; }

    // Go's debug/buildinfo: the mark, the size of a pointer, flags, zeros up to 32 bytes, and then two texts
    private const int HeaderSize = 32;
    private const int Alignment = 16;
    private const int FlagsOffset = 15;
    private const byte InlineTexts = 2;

    // 16 bytes before and behind the list of modules, by which debuggers find it
    private const int FrameSize = 16;

    // behind the byte 0xff
    private static ReadOnlySpan<byte> Mark => " Go buildinf:"u8;

    /// <summary>Reads it from a program's bytes.</summary>
    /// <param name="image">All bytes of an exe.</param>
    /// <param name="name">The program's name, for messages.</param>
    /// <returns>Null where the program is not Go's.</returns>
    /// <exception cref="BuildException">It is damaged, or that of a Go before 1.18.</exception>
    public static GoBuildInfo? Read(ReadOnlySpan<byte> image, string name)
    {
        for (int start = 0; image[start..].IndexOf(Mark) is >= 0 and int found; start += found + 1)
        {
            int at = start + found - 1;
            // a program that itself reads such information has the mark as a constant, too
            if (at >= 0 && at % Alignment == 0 && image[at] == 0xff && at + HeaderSize < image.Length
                && (image[at + FlagsOffset] & ~InlineTexts) == 0)
            {
                return (image[at + FlagsOffset] & InlineTexts) == 0
                    ? throw new BuildException($"{name} was made by a Go before 1.18: which modules are in it cannot be read")
                    : Texts(image[(at + HeaderSize)..], name);
            }
        }

        return null;
    }

    private static GoBuildInfo Texts(ReadOnlySpan<byte> bytes, string name)
    {
        string version = Text(ref bytes, name);
        string modules = Text(ref bytes, name);
        return modules.Length >= 2 * FrameSize
            ? new GoBuildInfo(version, ModulesIn(modules[FrameSize..^FrameSize], name))
            {
                Main = modules[FrameSize..^FrameSize].Split('\n').Select(line => line.Split('\t'))
                    .FirstOrDefault(words => words is ["mod", _, ..])?[1],
            }
            : throw Damaged(name);
    }

    private static List<GoModule> ModulesIn(string text, string name)
    {
        var modules = new List<GoModule>();
        foreach (string line in text.Split('\n'))
        {
            switch (line.Split('\t'))
            {
                case ["dep", var path, var version, ..]:
                    modules.Add(new GoModule(path, version));
                    break;
                case ["=>", var path, var version, ..] when modules.Count > 0:
                    modules[^1] = new GoModule(path, version);
                    break;
                case ["dep" or "=>", ..]:
                    throw Damaged(name);
            }
        }

        return modules;
    }

    /// <summary>A length of seven bits a byte, the lowest first, and as many bytes.</summary>
    private static string Text(ref ReadOnlySpan<byte> bytes, string name)
    {
        ulong length = 0;
        int used = 0;
        do
        {
            if (used >= bytes.Length || used > 4)
            {
                throw Damaged(name);
            }

            length |= (ulong)(bytes[used] & 0x7f) << (7 * used);
        }
        while ((bytes[used++] & 0x80) != 0);

        if (length > (ulong)(bytes.Length - used))
        {
            throw Damaged(name);
        }

        // the frame is no text; Latin-1 keeps its bytes apart from what is, which is ASCII
        string text = Encoding.Latin1.GetString(bytes.Slice(used, (int)length));
        bytes = bytes[(used + (int)length)..];
        return text;
    }

    private static BuildException Damaged(string name) => new($"what Go's linker wrote into {name} about its modules is damaged");
}
