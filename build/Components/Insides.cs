using System.Collections.Concurrent;
using System.IO.Enumeration;
using System.Text.RegularExpressions;
using Qcw.Build.Attesting;
using Qcw.Build.Compiling.Go;
using Qcw.Build.Fetching;
using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Pe;
using Qcw.Build.Sources.Patches;

namespace Qcw.Build.Components;

/// <summary>
/// Looks, where a file of the release is made, for what is inside and no step of its own made: the Go modules that the linker really took,
/// what a source carries of others, firmware packages; and for what the patches say of themselves.
/// </summary>
/// <param name="context">Sources, stages and downloads of the build.</param>
public sealed partial class Insides(BuildContext context)
{
    /// <summary>The owner of firmware from packages, where it is staged.</summary>
    public const string FirmwareOwner = "firmware";

    private const string StandardLibrary = "stdlib";

    // several files of a release have the same library inside
    private readonly ConcurrentDictionary<string, DebianPackaging> packagings = new(StringComparer.Ordinal);

    /// <summary>What is known of a file.</summary>
    /// <exception cref="NotMadeException">A source tree, a patch or the firmware is not there.</exception>
    /// <exception cref="BuildException">A program, a patch or a source cannot be read.</exception>
    public ArtifactDetails Of(PackageRequest package)
    {
        ILookup<string, InstalledFile> files = package.Files.ToLookup(file => PackedFile.OwnerOf(file, package.Owners));
        Component[] inside = [.. ComponentsOf(package)];
        return new ArtifactDetails(
            [
                .. inside.SelectMany(component => Modules(component, [.. files[component.Name]]))
                    .Concat(inside.SelectMany(component => Bundled(package, component, [.. files[component.Name]])))
                    .Concat(Firmware(package, [.. files[FirmwareOwner]]))
                    .OrderBy(part => part.In, StringComparer.Ordinal).ThenBy(part => part.Kind)
                    .ThenBy(part => part.Name, StringComparer.Ordinal),
            ],
            [.. inside.SelectMany(Patches)],
            new SortedDictionary<string, string>(
                inside.Select(component => (component.Name, Copyright: CopyrightOf(component, [.. files[component.Name]])))
                    .Where(one => one.Copyright is not null).ToDictionary(one => one.Name, one => one.Copyright!),
                StringComparer.Ordinal));
    }

    /// <summary>What a patch says of itself.</summary>
    internal static PatchFacts FactsOf(string component, SourcePatch patch, PatchFile file)
    {
        // a file may have several mails; the first one speaks for them
        IDictionary<string, string> headers = PatchText.Parse(File.ReadAllBytes(file.Path)).Mails[0].Headers;
        string title = Header("Subject") ?? Header("Description") ?? string.Empty;
        string[] told =
        [
            file.Name,
            title,
            .. headers.Where(header => header.Key.StartsWith("Bug", StringComparison.OrdinalIgnoreCase)).Select(header => header.Value),
        ];
        string? origin = Header("Origin") ?? Header("Applied-Upstream");
        var facts = new PatchFacts(component, file.Name, file.Sha256, PatchPrefix().Replace(title, string.Empty))
        {
            Origin = origin,
            Upstream = Header("Forwarded") is { } forwarded ? $"forwarded: {forwarded}" : null,
            IsUpstreams = origin is not null && UpstreamOrigin().IsMatch(origin)
                || CherryPicked().IsMatch(File.ReadAllText(file.Path)),
            Vulnerabilities = Found(Cve()),
            Bugs = Found(Address()),
        };
        return patch switch
        {
            RemotePatch remote => facts with
            {
                Title = remote.Why,
                Origin = remote.From,
                Upstream = remote.State,
                Address = remote.Url.AbsoluteUri,
                IsUpstreams = remote.Upstream?.Status == UpstreamStatus.Merged,
            },
            DebianPatches debian => facts with
            {
                Origin = origin ?? $"Debian's {debian.Revision}",
                Address = Purl.Debian(debian.Archive.Package, DebianFile.RevisionOf(debian.Archive.File), "source", debian.Archive.Suite)
                    + (debian.IsDiff ? string.Empty
                        : "#debian/patches/" + string.Join('/', file.Name.Split('/').Select(Uri.EscapeDataString))),
            },
            _ => facts with { Address = $"{Publisher.Repository}/blob/main/patches/{component}/{Path.GetFileName(file.Path)}" },
        };

        string[] Found(Regex what) =>
            [.. told.SelectMany(text => what.Matches(text)).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal)];

        string? Header(string name) => headers.TryGetValue(name, out string? value) && value.Length > 0 ? value : null;
    }

    /// <summary>Components and libraries in the order of the line.</summary>
    private IEnumerable<Component> ComponentsOf(PackageRequest package) => context.Line.Components.Concat(context.Line.Libraries)
        .Where(component => package.By.Sources.Any(source => source.Name == component.Name)
            || package.By.Libraries.Contains(component.Name));

    /// <summary>Of Debian's patches also what the changelog says: not every patch names what it is against.</summary>
    private IEnumerable<PatchFacts> Patches(Component component)
    {
        var archives = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((SourcePatch listed, string file, _) in context.Fetcher.LocatePatches(component))
        {
            if (listed is DebianPatches debian)
            {
                archives[debian.Archive.File] = file;
            }
        }

        foreach ((SourcePatch listed, PatchFile file) in context.PatchesOf(component))
        {
            PatchFacts facts = FactsOf(component.Name, listed, file);
            yield return listed is DebianPatches debian
                ? facts with
                {
                    Vulnerabilities =
                    [
                        .. facts.Vulnerabilities.Union(Packaging(debian).FixedBy(file.Name)).Order(StringComparer.Ordinal),
                    ],
                }
                : facts;
        }

        DebianPackaging Packaging(DebianPatches debian) =>
            packagings.GetOrAdd(archives[debian.Archive.File], archive => DebianPackaging.Read(archive, debian.Archive.File));
    }

    /// <summary>Its own licence texts, not those of modules.</summary>
    private static string? CopyrightOf(Component component, IReadOnlyList<InstalledFile> files) => LicenceText.CopyrightIn(
        files.Where(file => file.TargetFolder.EndsWith("licenses/" + component.Name, StringComparison.Ordinal))
            .Select(file => File.ReadAllText(file.Source)));

    private IEnumerable<Part> Bundled(PackageRequest package, Component component, IReadOnlyList<InstalledFile> files) =>
        ComponentCatalog.All.FirstOrDefault(definition => definition.Name == component.Name) is { } definition
            ? definition.Bundled(component, context.Paths.Source(component), package.By, files)
            : [];

    private IEnumerable<Part> Modules(Component component, IReadOnlyList<InstalledFile> files)
    {
        GoBuildInfo[] programs =
        [
            .. files.Where(file => PeImage.IsPe(file.Source))
                .Select(file => GoBuildInfo.Read(File.ReadAllBytes(file.Source), file.Target)).OfType<GoBuildInfo>(),
        ];
        if (programs.Length == 0)
        {
            yield break;
        }

        foreach (string version in programs.Select(program => program.GoVersion).Distinct())
        {
            string number = version.Split(' ')[0].Replace("go", string.Empty, StringComparison.Ordinal);
            yield return new Part(PartKind.GoModule, StandardLibrary, number, component.Name, "BSD-3-Clause")
            {
                Description = "Go's own library and runtime",
                Copyright = "Copyright 2009 The Go Authors.",
            };
        }

        Dictionary<string, string> sums = SumsOf(Path.Combine(context.TreeOf(component).Path, "go.sum"));
        string licences = Path.Combine(context.StageOf(component).Path, "licenses", component.Name, "modules");
        GoModule[] modules = [.. programs.SelectMany(program => program.Modules).Distinct()];
        // the folder of a module may have that of another one inside: the longest name counts
        ILookup<string?, InstalledFile> texts = files.ToLookup(file => modules
            .Select(module => module.Path)
            .Where(module => file.Source.StartsWith(Path.Combine(licences, module) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            .MaxBy(module => module.Length));
        foreach (GoModule module in modules)
        {
            string[] words = [.. texts[module.Path].Select(file => File.ReadAllText(file.Source))];
            yield return new Part(PartKind.GoModule, module.Path, module.Version, component.Name, LicenceText.Recognize(words))
            {
                Copyright = LicenceText.CopyrightIn(words),
                Sum = sums.GetValueOrDefault($"{module.Path} {module.Version}"),
                Files = [.. texts[module.Path].Select(file => file.Target)],
            };
        }
    }

    private static Dictionary<string, string> SumsOf(string file) => !File.Exists(file) ? [] :
        File.ReadLines(file).Select(line => line.Split(' ')).Where(words => words.Length == 3)
            .GroupBy(words => $"{words[0]} {words[1]}").ToDictionary(words => words.Key, words => words.First()[2]);

    private IEnumerable<Part> Firmware(PackageRequest package, IReadOnlyList<InstalledFile> files)
    {
        if (package.By.Firmware.Count == 0)
        {
            yield break;
        }

        foreach (FetchedPackage fetched in context.Fetcher.LocateFirmware(context.Line, FirmwarePackage.ComponentName))
        {
            FirmwarePackage firmware = fetched.Package;
            yield return new Part(
                PartKind.DebianPackage, firmware.Package, fetched.Version, FirmwarePackage.ComponentName, firmware.Licence)
            {
                Sha256 = fetched.Sha256,
                Architecture = "all",
                Distribution = firmware.Suite,
                Description = "firmware",
                Files = [.. files.Where(file => IsOf(firmware, file)).Select(file => file.Target)],
            };
        }
    }

    private static bool IsOf(FirmwarePackage package, InstalledFile file) =>
        file.TargetFolder.EndsWith("licenses/" + package.Package, StringComparison.Ordinal)
        || (!file.TargetFolder.Contains("licenses/", StringComparison.Ordinal) && package.Files.Any(pattern =>
            FileSystemName.MatchesSimpleExpression(
                package.As.GetValueOrDefault(pattern, Path.GetFileName(pattern)), file.TargetName, ignoreCase: false)));

    [GeneratedRegex("CVE-[0-9]{4}-[0-9]{4,}")]
    private static partial Regex Cve();

    [GeneratedRegex(@"https?://[^\s,<>]+")]
    private static partial Regex Address();

    [GeneratedRegex(@"^\[PATCH[^\]]*\] *")]
    private static partial Regex PatchPrefix();

    [GeneratedRegex("^(upstream|backport)", RegexOptions.IgnoreCase)]
    private static partial Regex UpstreamOrigin();

    [GeneratedRegex(@"^\(cherry[ -]picked from commit [0-9a-f]{7,40}", RegexOptions.Multiline)]
    private static partial Regex CherryPicked();
}
