using System.Text.Json;
using System.Text.RegularExpressions;

namespace Qcw.Build.Releasing.Manifests;

/// <summary>Writes the manifest that Scoop wants of a package.</summary>
public static class ScoopManifest
{
    private static readonly JsonSerializerOptions Json = new(JsonText.Settings) { IndentSize = 4 }; // as in Scoop's own buckets

    /// <summary>The file, in the folder of a bucket.</summary>
    /// <exception cref="BuildException">A field breaks a rule of the schema; the message names it.</exception>
    public static ManifestFile Write(Package package, ManifestAddresses addresses)
    {
        // both editions have the same contents: Scoop installs for the user who calls it, whatever it takes apart
        ScoopApp app = package.Scoop;
        Unpacked[] sources = app.Archives.Count > 0
            ? [.. app.Archives.Select(zip => new Unpacked(zip, null, string.Empty))]
            : [
                .. package.Installers.Where(installer => installer.ForAllUsers).Select(installer => new Unpacked(
                    installer.File, Windows(installer.ExtractedFolder), Fragment(package))),
            ];
        // later releases are found by the version in the names of their files
        bool isFound = sources[0].File.Pattern.Contains("{version}", StringComparison.Ordinal);
        string identifier = package.Licence.Replace(" AND ", ",", StringComparison.Ordinal); // as its schema has several
        string path = $"scoop/bucket/{app.Name}.json";
        OrderedDictionary<string, object> tree = ManifestFields.Of(
            ("version", package.Version),
            ("description", package.Summary),
            ("homepage", Publisher.Repository),
            ("license", ManifestFields.Of(("identifier", identifier), ("url", package.LicenceUrl.AbsoluteUri))),
            ("notes", app.Notes.ToArray()),
            (
                "suggest",
                app.Suggestions.Count == 0 ? null : ManifestFields.Of(app.Suggestions.Select(item => (item.Purpose, (object?)item.Name)))),
            (
                "architecture",
                PerArchitecture(
                    sources,
                    source =>
                        ManifestFields.Of(
                            ("url", addresses.Download(source.File.Name) + source.Fragment),
                            ("hash", source.File.Sha256),
                            ("extract_dir", source.Folder)))),
            ("pre_install", app.Leftovers.Count == 0 ? null : RemoveCommand(app.Leftovers)),
            ("bin", app.Programs.Select(Windows).ToArray()),
            ("env_add_path", app.PathFolders.Select(Windows).ToArray()),
            ("shortcuts", app.Shortcuts.Select(item => (object)new[] { Windows(item.File), item.Name }).ToArray()),
            ("checkver", isFound ? ManifestFields.Of(("url", Publisher.LatestRelease), ("regex", LatestVersion(sources[0].File))) : null),
            (
                "autoupdate",
                !isFound ? null : ManifestFields.Of(
                    (
                        "architecture",
                        PerArchitecture(
                            sources,
                            source =>
                                ManifestFields.Of(
                                    ("url", $"{Publisher.Downloads}/$matchTag/{AnyVersion(source.File)}{source.Fragment}"),
                                    ("extract_dir", source.Folder)))),
                    ("hash", ManifestFields.Of(("url", "$baseurl/SHA256SUMS"))))));
        FieldRules.Check(path, tree, ScoopRules.Manifest);
        return new ManifestFile(path, JsonSerializer.Serialize(tree, Json) + "\n");
    }

    private static OrderedDictionary<string, object> PerArchitecture(
        IEnumerable<Unpacked> sources, Func<Unpacked, OrderedDictionary<string, object>> fields
    ) =>
        ManifestFields.Of(
            sources.Select(source => (source.File.Architecture == Architecture.Arm64 ? "arm64" : "64bit", (object?)fields(source))));

    // Scoop runs an .exe; under this name it has 7-Zip take it apart. An MSI it always takes apart
    private static string Fragment(Package package) => package.Format == InstallerFormat.Nsis ? "#/dl.7z" : string.Empty;

    private static string AnyVersion(ReleasedFile file) =>
        file.Pattern.Replace("{version}", "$version", StringComparison.Ordinal);

    // in PowerShell's double quotes: $dir is Scoop's, other dollars are NSIS's
    private static string RemoveCommand(IEnumerable<string> names) =>
        $"Remove-Item {string.Join(", ", names.Select(name => $"\"$dir\\{Escaped(name)}\""))} -Recurse -Force";

    private static string Escaped(string name) => Windows(name)!.Replace("$", "`$", StringComparison.Ordinal);

    // the tag is no function of the version, so both are taken from the address of the file
    private static string LatestVersion(ReleasedFile file)
    {
        string[] parts = [.. file.Pattern.Split("{version}").Select(Regex.Escape)];
        return $@"/releases/download/(?<tag>[^/""]+)/{parts[0]}(?<version>[\w.+-]+){parts[1]}";
    }

    private static string? Windows(string? path) => path?.Replace('/', '\\');

    /// <summary>A file that Scoop unpacks.</summary>
    /// <param name="File">The file.</param>
    /// <param name="Folder">What of it is wanted; null: all.</param>
    /// <param name="Fragment">For the end of its address.</param>
    private sealed record Unpacked(ReleasedFile File, string? Folder, string Fragment);
}
