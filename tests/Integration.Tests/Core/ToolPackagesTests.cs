namespace Qcw.Integration.Tests.Core;

/// <summary>The script that looks for packages, with this machine's dpkg and apt.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ToolPackagesTests
{
    private static readonly string Script = Path.Combine(Repository.Paths.ToolScripts, ToolPackages.Script);

    [Test]
    public void The_cross_compiler_is_found_with_what_it_puts_into_programs()
    {
        var tools = ToolFinder.ForHost();
        IReadOnlyList<ToolPackage> found = ToolPackages.ForHost(Repository.Paths).Of(tools.Find(ToolCatalog.Find("mingw-w64")));
        string[] names = [.. found.Select(package => package.Name)];
        Assert.That(
            names, Is.EqualTo(
                ["gcc-mingw-w64-x86-64-win32", "gcc-mingw-w64-x86-64-win32-runtime", "mingw-w64-common", "mingw-w64-x86-64-dev"]));
        string said = ProcessRunner.Run(new ProcessRequest(
            "dpkg-query", ["--show", "--showformat", "${Package} ${Version} ${Architecture}\n", .. names])).StandardOutput;
        Assert.That(
            found.Select(package => $"{package.Name} {package.Version} {package.Architecture}"),
            Is.EquivalentTo(said.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Test]
    public void A_link_leads_to_the_package_of_the_program_behind_it_and_a_program_of_no_package_has_none()
    {
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder["linked"], "/bin/bash");
        File.WriteAllText(folder["own"], "own");
        string answer = ProcessRunner.Run(new ProcessRequest(
            "bash", Script, $"linked|{folder["linked"]}|", $"own|{folder["own"]}|bash", "gone|/nowhere/gone|bash")).StandardOutput;
        Assert.That(
            ToolPackages.Read(answer).Select(package => (package.Tool, package.Name)), Is.EqualTo([("linked", "bash")]));
    }

    [Test]
    public void A_hash_is_that_of_the_index_for_the_installed_version()
    {
        using var folder = new TemporaryFolder();
        string sum = new('a', 64);
        string version = Said("dpkg-query", "--show", "--showformat", "${Version}", "bash");
        string architecture = Said("dpkg", "--print-architecture");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Sha256Where(version, sum), Is.EqualTo(sum));
            Assert.That(Sha256Where(version + "+1", sum), Is.Null, "the index has another version");
            Assert.That(Sha256Where(version, sum, new string('b', 64)), Is.Null, "two archives have different files of one version");
        }

        // an apt-cache that says so, in front of the real one
        string? Sha256Where(string indexed, params string[] sums)
        {
            string stanzas = string.Concat(sums.Select(one =>
                $"Package: bash\nVersion: {indexed}\nArchitecture: {architecture}\nSHA256: {one}\n\n"));
            File.WriteAllText(folder["apt-cache"], $"#!/bin/sh\ncat <<'END'\n{stanzas}END\n");
            File.SetUnixFileMode(folder["apt-cache"], UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
            string answer = ProcessRunner.Run(new ProcessRequest("bash", Script, "bash|/bin/bash|")
            {
                Environment = new Dictionary<string, string?>
                {
                    ["PATH"] = folder.Path + ":" + Environment.GetEnvironmentVariable("PATH"),
                },
            }).StandardOutput;
            return ToolPackages.Read(answer).Single().Sha256;
        }
    }

    private static string Said(string program, params string[] arguments) =>
        ProcessRunner.Run(new ProcessRequest(program, arguments)).StandardOutput.Trim();
}
