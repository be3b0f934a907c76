namespace Qcw.Build.Compiling.Go;

/// <summary>What a component's programs have of Go's modules, as exactly as it is known.</summary>
/// <param name="Evidence">How it is known.</param>
/// <param name="GoVersion">The release whose library is inside, as <c>1.20.14</c>; null: not known.</param>
/// <param name="Modules">Its modules without its own.</param>
public sealed record GoContents(GoEvidence Evidence, string? GoVersion, IReadOnlyList<GoModule> Modules)
{
    /// <summary>The path of its own module; null: not known.</summary>
    public string? Main { get; init; }

    /// <summary>The packages inside; null: not known, so any package of a module may be.</summary>
    public IReadOnlySet<string>? Packages { get; init; }

    /// <summary>The functions inside, as in <see cref="GoSymbols.Names"/>; null: not known.</summary>
    public IReadOnlySet<string>? Functions { get; init; }

    /// <summary>Reads finished programs; what any of them has is inside.</summary>
    /// <param name="files">Full paths of exes.</param>
    /// <returns>Null where none is a program of Go's.</returns>
    /// <exception cref="BuildException">One is damaged.</exception>
    public static GoContents? OfPrograms(IEnumerable<string> files)
    {
        (GoBuildInfo Info, GoSymbols? Symbols)[] programs = [.. files.Select(Program).Where(one => one.Info is not null)!];
        bool isKnown = programs.All(one => one.Symbols is not null);
        return programs.Length == 0 ? null : new GoContents(
            GoEvidence.Linked, programs.Select(one => NumberOf(one.Info.GoVersion)).FirstOrDefault(),
            [.. programs.SelectMany(one => one.Info.Modules).Distinct().OrderBy(module => module.Path, StringComparer.Ordinal)])
        {
            Main = programs.Select(one => one.Info.Main).OfType<string>().FirstOrDefault(),
            Packages = isKnown ? programs.SelectMany(one => one.Symbols!.Packages).ToHashSet(StringComparer.Ordinal) : null,
            Functions = isKnown ? programs.SelectMany(one => one.Symbols!.Names).ToHashSet(StringComparer.Ordinal) : null,
        };
    }

    /// <summary>Reads a source tree: what is vendored, else what go.mod names. The programs have no more than that.</summary>
    /// <param name="tree">The tree, a full path.</param>
    /// <param name="goVersion">The release of Go that compiles it; null: not known.</param>
    /// <returns>Null where there is no go.mod.</returns>
    public static GoContents? OfTree(string tree, string? goVersion)
    {
        string module = Path.Combine(tree, "go.mod");
        string vendored = Path.Combine(tree, "vendor", "modules.txt");
        if (!File.Exists(module))
        {
            return null;
        }

        string[] lines = [.. File.ReadLines(module).Select(line => line.Split("//")[0].Trim())];
        string? main = lines.FirstOrDefault(line => line.StartsWith("module ", StringComparison.Ordinal))?["module ".Length..]
            .Trim(' ', '"');
        return File.Exists(vendored)
            ? Vendored(File.ReadLines(vendored)) with { GoVersion = goVersion, Main = main }
            : new GoContents(GoEvidence.Named, goVersion, Named(lines)) { Main = main };
    }

    /// <summary>The number of a release as Go writes it into programs: <c>go1.20.14 X:nocoverageredesign</c>; null: it is none.</summary>
    private static string? NumberOf(string version) =>
        version.Split(' ')[0] is ['g', 'o', .. var number] && number.Length > 0 && char.IsAsciiDigit(number[0]) ? number : null;

    private static (GoBuildInfo Info, GoSymbols? Symbols) Program(string file)
    {
        byte[] image = File.ReadAllBytes(file);
        return GoBuildInfo.Read(image, Path.GetFileName(file)) is { } info ? (info, GoSymbols.Read(image)) : default;
    }

    // "# path version", perhaps "=> path version", and behind it the packages, one a line; "## explicit" says more of the module
    private static GoContents Vendored(IEnumerable<string> lines)
    {
        var modules = new List<GoModule>();
        var packages = new HashSet<string>(StringComparer.Ordinal);
        foreach (string line in lines)
        {
            switch (line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                // at the end all replacements stand once more, without the version that is replaced
                case ["#", _, "=>", ..]:
                    break;
                case ["#", _, _, "=>", var path, var version]:
                    modules.Add(new GoModule(path, version));
                    break;
                case ["#", var path, var version]:
                    modules.Add(new GoModule(path, version));
                    break;
                case [var package] when package[0] != '#':
                    packages.Add(package);
                    break;
            }
        }

        return new GoContents(GoEvidence.Vendored, null, modules) { Packages = packages };
    }

    private static GoModule[] Named(IEnumerable<string> lines)
    {
        var modules = new Dictionary<string, GoModule>(StringComparer.Ordinal);
        string block = string.Empty;
        foreach (string line in lines)
        {
            string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            switch (words)
            {
                case [var directive, "("]:
                    block = directive;
                    continue;
                case [")"]:
                    block = string.Empty;
                    continue;
            }

            string[] entry = block.Length > 0 ? [block, .. words] : words;
            switch (entry)
            {
                case ["require", var path, var version, ..]:
                    modules[path] = new GoModule(path, version);
                    break;
                case ["replace", var path, "=>", var other, var version] when modules.ContainsKey(path):
                    modules[path] = new GoModule(other, version);
                    break;
                case ["replace", var path, var old, "=>", var other, var version]
                    when modules.TryGetValue(path, out GoModule? present) && present.Version == old:
                    modules[path] = new GoModule(other, version);
                    break;
            }
        }

        return [.. modules.Values.OrderBy(module => module.Path, StringComparer.Ordinal)];
    }
}

/// <summary>How it is known what is inside.</summary>
public enum GoEvidence
{
    /// <summary>The finished programs tell.</summary>
    Linked,

    /// <summary>Upper bound: packages in the source's <c>vendor</c> folder.</summary>
    Vendored,

    /// <summary>Upper bound: modules in the source's go.mod.</summary>
    Named,
}
