using System.Text.Json;
using System.Text.RegularExpressions;
using Qcw.Build.Releasing.Manifests;

namespace Qcw.Build.Tests.Releasing.Manifests;

public sealed class ScoopManifestTests
{
    private static readonly JsonElement Qemu = Parse(SamplePackages.Qemu());
    private static readonly JsonElement Podman = Parse(SamplePackages.Podman("docs/podman.html", "docs/other.html"));

    [Test]
    public void The_zip_of_QEMU_is_unpacked_and_its_folder_goes_on_PATH()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Text(Qemu, "architecture", "64bit", "url"), Is.EqualTo(
                "https://github.com/arixmkii/qcw/releases/download/2023.04.1/qemu-8.0.0-rc2-windows-x86_64.zip"));
            Assert.That(Text(Qemu, "architecture", "64bit", "hash"), Is.EqualTo(SamplePackages.Hash));
            Assert.That(Qemu.TryGetProperty("pre_install", out _), Is.False);
            Assert.That(Texts(Qemu, "env_add_path"), Is.EqualTo(["."]));
            Assert.That(Qemu.TryGetProperty("bin", out _), Is.False);
        }
    }

    [Test]
    public void A_setup_program_without_a_zip_is_taken_apart_and_loses_what_is_only_the_installers_own()
    {
        Package package = SamplePackages.Qemu();
        JsonElement setup = Parse(package with
        {
            Scoop = package.Scoop with { Archives = [], Leftovers = ["$PLUGINSDIR", "uninstall.exe"] },
        });
        Assert.That(Text(setup, "architecture", "64bit", "url"), Does.EndWith("-setup.exe#/dl.7z"));
        Assert.That(
            Text(setup, "pre_install"), Is.EqualTo("Remove-Item \"$dir\\`$PLUGINSDIR\", \"$dir\\uninstall.exe\" -Recurse -Force"));
    }

    [Test]
    public void Podman_is_taken_out_of_the_MSI_for_all_users()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Podman.GetProperty("architecture").EnumerateObject().Select(item => item.Name), Is.EqualTo(["64bit", "arm64"]));
            Assert.That(Text(Podman, "architecture", "arm64", "url"), Does.EndWith("/2023.04.1/podman-4.5.0-dev-windows-arm64.msi"));
            Assert.That(Text(Podman, "architecture", "64bit", "extract_dir"), Is.EqualTo(@"Programs\qcw-podman"));
            Assert.That(Texts(Podman, "bin"), Is.EqualTo(["podman.exe"]));
            Assert.That(
                Podman.GetProperty("shortcuts")[0].EnumerateArray().Select(item => item.GetString()),
                Is.EqualTo([@"docs\podman.html", "Podman documentation (qcw)"]));
            Assert.That(Text(Podman, "suggest", "QEMU"), Is.EqualTo("qcw-qemu"));
        }
    }

    [Test]
    public void The_one_setup_program_has_no_version_in_its_name_to_find_a_newer_one_by()
    {
        JsonElement both = Parse(SamplePackages.Both());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Text(both, "version"), Is.EqualTo("4.5.0-dev+qemu.8.0.0-rc2"));
            Assert.That(Text(both, "license", "identifier"), Is.EqualTo("Apache-2.0,GPL-2.0-only"));
            Assert.That(Texts(both, "env_add_path"), Is.EqualTo(["podman", "qemu"]));
            Assert.That(both.TryGetProperty("checkver", out _) || both.TryGetProperty("autoupdate", out _), Is.False);
        }
    }

    [Test]
    public void Without_a_manual_there_is_no_entry_for_it() =>
        Assert.That(Parse(SamplePackages.Podman()).TryGetProperty("shortcuts", out _), Is.False);

    // both come out of one address, because the tag is no function of the version
    [Test]
    public void A_newer_release_is_found_with_its_tag()
    {
        const string Downloads = "https://github.com/arixmkii/qcw/releases/download/2024.1+x";
        const string Answer = $$"""
            {"assets":[{"browser_download_url":"{{Downloads}}/qemu-8.0.5-windows-x86_64-setup.exe.asc"},
            {"browser_download_url":"{{Downloads}}/podman-4.6.0-dev-windows-x86_64-user.msi"},
            {"browser_download_url":"{{Downloads}}/podman-4.6.0-dev-windows-x86_64.msi"}]}
            """;
        Match match = Regex.Match(Answer, Text(Podman, "checkver", "regex"));
        string address = Text(Podman, "autoupdate", "architecture", "64bit", "url")
            .Replace("$matchTag", match.Groups["tag"].Value, StringComparison.Ordinal)
            .Replace("$version", match.Groups["version"].Value, StringComparison.Ordinal);
        Assert.That(address, Is.EqualTo($"{Downloads}/podman-4.6.0-dev-windows-x86_64.msi"));
    }

    private static JsonElement Parse(Package package)
    {
        ManifestFile file = ScoopManifest.Write(package, SamplePackages.Addresses);
        Assert.That(file.Path, Is.EqualTo($"scoop/bucket/{package.Scoop.Name}.json"));
        Assert.That(file.Text, Does.EndWith("}\n").And.Not.Contain("\r"));
        return JsonDocument.Parse(file.Text).RootElement;
    }

    private static string Text(JsonElement element, params string[] path) =>
        path.Aggregate(element, (inner, name) => inner.GetProperty(name)).GetString()!;

    private static IEnumerable<string?> Texts(JsonElement element, string name) =>
        element.GetProperty(name).EnumerateArray().Select(item => item.GetString());
}
