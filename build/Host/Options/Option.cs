using System.Globalization;

namespace Qcw.Build.Host;

/// <summary>One option of the command line: what parsing, refusal and the help know of it.</summary>
/// <param name="Name">Without the dashes.</param>
/// <param name="Value">What the value is called in the help; null for a switch.</param>
/// <param name="Meaning">One sentence for the help.</param>
/// <param name="Set">
/// Puts a value into the options: the value as given (of <see cref="Allowed"/> in its own spelling), and the folder that relative paths
/// start from. A switch gets <c>true</c> or <c>false</c>. It throws <see cref="UsageException"/> for a value that is not allowed.
/// </param>
public sealed record Option(string Name, string? Value, string Meaning, Func<BuildOptions, OptionValue, BuildOptions> Set)
{
    /// <summary>For the help; null where there is none to tell.</summary>
    public string? Default { get; init; }

    /// <summary>The value where the option is given without one; null: it has to have one.</summary>
    public string? Bare { get; init; }

    /// <summary>One-letter form, or null.</summary>
    public char? Letter { get; init; }

    /// <summary>True: handed on to Cake, which acts on it.</summary>
    public bool ForCake { get; init; }

    /// <summary>The values it takes; null: any.</summary>
    public IReadOnlyList<string>? Allowed { get; init; }

    /// <summary>Those of <see cref="Allowed"/> that have never run where they belong.</summary>
    public IReadOnlyList<string> Experimental { get; init; } = [];
}

/// <summary>A value of an option.</summary>
/// <param name="Option">The option's name, for messages.</param>
/// <param name="Text">As given.</param>
/// <param name="Folder">Relative paths are meant from here.</param>
public sealed record OptionValue(string Option, string Text, string Folder)
{
    /// <summary>A switch.</summary>
    public bool IsOn => Text == "true";

    /// <summary>A path.</summary>
    public string FullPath => Path.GetFullPath(Text, Folder);

    /// <summary>A path, or an address that stays as it is.</summary>
    public string FullPathOrUrl =>
        Text.StartsWith("https://", StringComparison.Ordinal) || Text.StartsWith("http://", StringComparison.Ordinal) ? Text : FullPath;

    /// <summary>An address of the web.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public Uri ToWebAddress() =>
        Uri.TryCreate(Text, UriKind.Absolute, out Uri? address) && (address.Scheme is "http" or "https")
            ? address
            : throw new UsageException($"--{Option}: found \"{Text}\", expected an address that begins with http:// or https://");

    /// <summary>A whole number from 1 to 1024.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public int ToCount() =>
        int.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is > 0 and <= 1024
            ? count
            : throw new UsageException($"--{Option}: found \"{Text}\", expected a whole number from 1 to 1024");

    /// <summary>A builder's name: it becomes the name of files, and a part of a URI.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public string ToBuilder() =>
        (char.IsAsciiLetterLower(Text[0]) || char.IsAsciiDigit(Text[0]))
            && Text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-')
            ? Text
            : throw new UsageException(
                $"--{Option}: found \"{Text}\", expected lower-case letters, digits, dots and hyphens, such as build.example.org");

    /// <summary>A release's tag: it becomes a part of addresses, and of a script.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public string ToTag() =>
        char.IsAsciiLetterOrDigit(Text[0]) && Text.All(c => char.IsAsciiLetterOrDigit(c) || "._+-".Contains(c, StringComparison.Ordinal))
            ? Text
            : throw new UsageException($"--{Option}: found \"{Text}\", expected letters, digits and . _ + -, such as 0.1.0");
}
