namespace Qcw.Build.Core;

/// <summary>
/// Debian's packages on this machine, with what they depend on. A tool's own package does not tell all that shapes its output: Sphinx
/// writes pages with docutils and Pygments, a compiler takes headers from packages of their own.
/// </summary>
/// <param name="packages">The version of each package, and the names that it depends on, alternatives among them.</param>
/// <param name="providers">Which packages provide a name that is no package.</param>
public sealed class InstalledPackages(
    IReadOnlyDictionary<string, (string Version, IReadOnlyList<string> Needs)> packages, ILookup<string, string> providers)
{
    private const string Program = "/usr/bin/dpkg-query";

    /// <summary>Asks dpkg; null where there is none.</summary>
    /// <exception cref="ProcessFailedException">dpkg does not answer.</exception>
    public static InstalledPackages? Read()
    {
        const string format = "${db:Status-Status}\t${Package}\t${Version}\t${Pre-Depends}, ${Depends}\t${Provides}\n";
        return File.Exists(Program)
            ? Parse(ProcessRunner.Run(new ProcessRequest(Program, "--show", "--showformat", format)).StandardOutput)
            : null;
    }

    /// <summary>Reads the answer: a line a package; state, name, version, what it needs and what it provides, with tabs between.</summary>
    internal static InstalledPackages Parse(string answer)
    {
        string[][] rows =
            [.. answer.Split('\n').Select(line => line.Split('\t')).Where(parts => parts is ["installed", _, _, _, _])];
        return new InstalledPackages(
            // of a package for several architectures one is enough: they have the same version
            rows.DistinctBy(row => row[1]).ToDictionary(row => row[1], row => (row[2], Names(row[3])), StringComparer.Ordinal),
            rows.SelectMany(row => Names(row[4]).Select(name => (name, row[1]))).ToLookup(pair => pair.name, pair => pair.Item2));
    }

    /// <summary>Some packages and all that they depend on, as far as it is installed: a line <c>name version</c> each, sorted.</summary>
    public string With(IEnumerable<string> names)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var open = new Stack<string>(names);
        while (open.TryPop(out string? name))
        {
            if (!packages.TryGetValue(name, out (string Version, IReadOnlyList<string> Needs) package))
            {
                foreach (string provider in providers[name].Where(provider => !found.ContainsKey(provider)))
                {
                    open.Push(provider);
                }
            }
            else if (found.TryAdd(name, package.Version))
            {
                foreach (string need in package.Needs)
                {
                    open.Push(need);
                }
            }
        }

        return string.Join('\n', found.Select(pair => $"{pair.Key} {pair.Value}"));
    }

    // as in: python3:any (>= 3.9), docutils
    private static IReadOnlyList<string> Names(string text) =>
    [
        .. text.Split(',', '|').Select(part => part.Trim().Split(' ', ':')[0]).Where(name => name.Length > 0).Distinct(),
    ];
}
