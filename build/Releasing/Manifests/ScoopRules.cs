namespace Qcw.Build.Releasing.Manifests;

/// <summary>
/// What Scoop's schema says of the fields that we write (ScoopInstaller/Scoop, schema.json), and what its own buckets ask for beyond it.
/// </summary>
public static class ScoopRules
{
    private const string Address = "https://[^$]+";
    private const string VariableAddress = "https://.+";
    private const string Hash = "[a-f0-9]{64}";
    private const string RelativePath = @"[^/:]+";

    private static readonly string[] ArchitectureNames = ["64bit", "arm64"];

    /// <summary>A manifest.</summary>
    public static IReadOnlyList<FieldRule> Manifest { get; } =
    [
        Text("version") with { IsRequired = true, Pattern = @"[\w.+-]+" },
        Text("description") with { IsRequired = true, Longest = 256 },
        Text("homepage") with { IsRequired = true, Pattern = Address },
        new("license", FieldKind.Fields) { IsRequired = true },
        Text("license/identifier") with { IsRequired = true, Pattern = "[A-Za-z0-9.,-]+" },
        Text("license/url") with { Pattern = Address },
        Text("notes") with { IsList = true },
        new("suggest", FieldKind.Fields),
        Text("suggest/*"),
        new("architecture", FieldKind.Fields) { IsRequired = true },
        .. Architectures("architecture", Address, Text("hash") with { IsRequired = true, Pattern = Hash }),
        Text("pre_install"),
        Text("bin") with { IsList = true, Pattern = RelativePath },
        Text("env_add_path") with { IsList = true, Pattern = RelativePath },
        new("shortcuts", FieldKind.Row) { IsList = true },
        new("checkver", FieldKind.Fields),
        Text("checkver/url") with { IsRequired = true, Pattern = Address },
        Text("checkver/regex") with { IsRequired = true },
        new("autoupdate", FieldKind.Fields),
        new("autoupdate/architecture", FieldKind.Fields) { IsRequired = true },
        .. Architectures("autoupdate/architecture", VariableAddress),
        new("autoupdate/hash", FieldKind.Fields) { IsRequired = true },
        Text("autoupdate/hash/url") with { IsRequired = true, Pattern = @"\$baseurl/.+" },
    ];

    private static IEnumerable<FieldRule> Architectures(string folder, string address, params IEnumerable<FieldRule> more) =>
        ArchitectureNames.SelectMany(name => (FieldRule[])
        [
            new($"{folder}/{name}", FieldKind.Fields),
            Text($"{folder}/{name}/url") with { IsRequired = true, Pattern = address },
            Text($"{folder}/{name}/extract_dir") with { Pattern = RelativePath },
            .. more.Select(rule => rule with { Path = $"{folder}/{name}/{rule.Path}" }),
        ]);

    private static FieldRule Text(string path) => new(path, FieldKind.Text);
}
