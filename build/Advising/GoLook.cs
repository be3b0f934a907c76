using System.Globalization;
using Qcw.Build.Compiling.Go;

namespace Qcw.Build.Advising;

/// <summary>Holds Go's modules, and what is inside of them, against Go's database.</summary>
/// <param name="component">The component whose programs have them.</param>
/// <param name="go">What these have inside.</param>
/// <param name="architecture">Go's name of the processor that is built for.</param>
internal sealed class GoLook(Component component, GoContents go, string architecture)
{
    private const string Windows = "windows";
    private const string UpperBound = "upper bound, because its programs are not compiled";
    private const string StandardLibrary = AdvisoryReview.StandardLibrary;

    private readonly List<Finding> found = [];

    /// <summary>What was found: each entry once for each module.</summary>
    public IReadOnlyList<Finding> Found => found;

    /// <summary>For people: what was looked at.</summary>
    public string Description
    {
        get
        {
            string number = string.Create(CultureInfo.InvariantCulture, $"{go.Modules.Count} Go modules");
            string packages = go.Packages is { } known
                ? string.Create(CultureInfo.InvariantCulture, $", {known.Count} packages") : string.Empty;
            return go.Evidence switch
            {
                GoEvidence.Linked => $"linked into its programs: {number}{packages}, Go {go.GoVersion}",
                GoEvidence.Vendored => $"{UpperBound}: {number} vendored{packages}, Go {go.GoVersion}",
                _ => $"{UpperBound}: {number} named in go.mod, Go {go.GoVersion}",
            };
        }
    }

    /// <summary>Looks at all entries.</summary>
    public GoCounts Take(IEnumerable<Vulnerability> vulnerabilities)
    {
        // two programs may have two versions of a module
        ILookup<string, string?> versions = go.Modules.Select(module => (module.Path, Version: (string?)module.Version))
            .Append((StandardLibrary, go.GoVersion)).Append((go.Main ?? string.Empty, component.Version)).Distinct()
            .ToLookup(module => module.Item1, module => module.Item2);
        HashSet<string>[] left = [[], [], [], []];
        foreach (Vulnerability entry in vulnerabilities)
        {
            foreach ((AffectedPackage affected, string? version) in entry.Affected.Where(affected => affected.IsGo)
                .SelectMany(affected => versions[affected.Name].Select(version => (affected, version))))
            {
                if (!Ranges.Have(affected, SemanticVersion.TryParse, version is null ? null : SemanticVersion.TryParse(version)))
                {
                    continue;
                }

                left[0].Add(entry.Id);
                GoImport[] inside = [.. affected.Imports.Where(import => IsInside(affected.Name, import))];
                GoImport[] here = [.. inside.Where(import => IsFor(import.Systems, Windows) && IsFor(import.Architectures, architecture))];
                GoImport[] linked = [.. here.Where(import => IsLinked(import))];
                bool isWhole = affected.Imports.Count == 0;
                foreach ((int step, GoImport[] imports) in ((int, GoImport[])[])[(1, inside), (2, here), (3, linked)])
                {
                    if (isWhole || imports.Length > 0)
                    {
                        left[step].Add(entry.Id);
                    }
                }

                if (isWhole || linked.Length > 0)
                {
                    AddGo(entry, affected, version, linked);
                }
            }
        }

        return new GoCounts(left[0].Count, left[1].Count, left[2].Count, left[3].Count);
    }

    // what is vendored leaves out the standard library and the module itself
    private bool IsInside(string module, GoImport import) => go.Packages is null
        || (go.Evidence is GoEvidence.Vendored && (module == StandardLibrary || module == go.Main))
        || go.Packages.Contains(import.Path) || (module == go.Main && import.Symbols.Any(IsInMain));

    // the package that a program begins in is called main in it, whatever its path is
    private bool IsInMain(string symbol) => go.Functions?.Contains("main " + symbol) ?? true;

    private static bool IsFor(IReadOnlyList<string> names, string name) => names.Count == 0 || names.Contains(name);

    private bool IsLinked(GoImport import) => go.Functions is null || import.Symbols.Count == 0
        || import.Symbols.Any(symbol => go.Functions.Contains($"{import.Path} {symbol}")
            || (!go.Packages!.Contains(import.Path) && IsInMain(symbol)));

    private void AddGo(Vulnerability entry, AffectedPackage affected, string? version, GoImport[] linked)
    {
        string? fix = Ranges.FixOf(affected, SemanticVersion.TryParse, version is null ? null : SemanticVersion.TryParse(version));
        Finding finding = new(component.Name, component.Version, entry.Id)
        {
            Aliases = SubjectLook.AliasesOf(entry, entry.Id),
            Module = affected.Name,
            ModuleVersion = version,
            Packages = [.. linked.Select(import => import.Path).Distinct().Order(StringComparer.Ordinal)],
            Summary = entry.Summary,
            FixedIn = fix,
            Evidence = go.Evidence switch
            {
                GoEvidence.Linked when linked.Length == 0 => "linked; the database names no package",
                GoEvidence.Linked when go.Functions is null => "upper bound: the module is linked, its functions cannot be read",
                GoEvidence.Linked when linked.Any(import => import.Symbols.Count > 0) => "a function that has it is linked",
                GoEvidence.Linked => "a package that has it is linked",
                GoEvidence.Vendored => "upper bound: vendored",
                _ => "upper bound: named in go.mod",
            },
        };
        // an entry may name a module twice
        int at = found.FindIndex(one => (one.Id, one.Module, one.ModuleVersion) == (finding.Id, finding.Module, finding.ModuleVersion));
        if (at < 0)
        {
            found.Add(finding);
        }
        else
        {
            found[at] = found[at] with { Packages = [.. found[at].Packages.Union(finding.Packages).Order(StringComparer.Ordinal)] };
        }
    }
}
