using Qcw.Build.Catalog.Reading;

namespace Qcw.Build.Catalog;

/// <summary>The lines in <c>build/Catalog/Versions</c>.</summary>
public sealed class ReleaseLines(Paths paths)
{
    /// <summary>The names of all lines, sorted: what <c>--line</c> takes.</summary>
    public IReadOnlyList<string> Names { get; } = Directory.Exists(paths.Versions)
        ? [.. Directory.EnumerateFiles(paths.Versions, "*.json")
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => !name.EndsWith(".schema", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Reads a line, checks it and the patch files it names, and puts one-offs in.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="overrides">One-offs from the command line; their sources are hashed here.</param>
    /// <exception cref="UsageException">
    /// There is no such line; or its files are wrong, the message then has one problem a line, each with file, path of the field, what was
    /// found and what is allowed; or a one-off cannot be used.
    /// </exception>
    public ReleaseLine Load(string name, IReadOnlyList<SourceOverride>? overrides = null)
    {
        if (!Names.Contains(name, StringComparer.Ordinal))
        {
            string? nearest = Nearest.Match(name, Names);
            string hint = nearest is null ? "." : $"; did you mean {nearest}?";
            throw new UsageException($"unknown line \"{name}\"{hint} Known lines: {string.Join(", ", Names)}");
        }

        return Overrides.Apply(new ReleaseLineReader(paths, Names).Read(name), overrides ?? []);
    }
}
