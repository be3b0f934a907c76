using System.Text.Json.Nodes;
using Qcw.Build.Packaging.Msi;

namespace Qcw.Acceptance.Tests;

/// <summary>
/// The bills of materials, against what other programs find in the files of the release, and as other programs read them. The programs
/// are from npm, in the versions and with the hashes of <c>tests/BillsOfMaterials/package-lock.json</c>; they are large, so that only this
/// run has them.
/// </summary>
[Category("release")]
public sealed class BillsOfMaterialsTests
{
    /// <summary>What follows the name of the file that a bill of materials is about.</summary>
    public const string Ending = ".cdx.json";

    private static readonly TemporaryFolder Folder = new();
    private static readonly Lazy<string> Programs = new(Install);

    private static IEnumerable<TestCaseData> Files => Directory.GetFiles(ReleaseUnderTest.Folder)
        .Where(file => Path.GetExtension(file) is ".exe" or ".msi" or ".zip" or ".ps1").Order(StringComparer.Ordinal)
        .Select(file => new TestCaseData(file).SetArgDisplayNames(Path.GetFileName(file)));

    [OneTimeTearDown]
    public static void TearDown() => Folder.Dispose();

    [TestCaseSource(nameof(Files))]
    public void Every_file_inside_is_in_it_and_no_other(string file)
    {
        string work = Folder[Path.GetFileName(file)];
        Directory.CreateDirectory(work);
        string[] found =
        [
            .. Unpack(file, work).Select(path => $"{Qcw.Build.Core.Files.Sha256(path.Full)}  {path.Relative}")
                .Order(StringComparer.Ordinal),
        ];
        string[] listed =
        [
            .. Read(file)["components"]!.AsArray().SelectMany(item => item!["components"]?.AsArray() ?? [])
                .Select(inside => $"{inside!["hashes"]![0]!["content"]}  {inside["name"]}").Order(StringComparer.Ordinal),
        ];
        Assert.That(listed, Is.EqualTo(found));
    }

    [TestCaseSource(nameof(Files))]
    public void It_is_about_this_file(string file) => Assert.That(
        (string)Read(file)["metadata"]!["component"]!["hashes"]![0]!["content"]!, Is.EqualTo(Qcw.Build.Core.Files.Sha256(file)));

    [TestCaseSource(nameof(Files))]
    public void Other_programs_accept_it(string file)
    {
        string report = Folder[Path.GetFileName(file) + ".report"];
        Run("node", "validate.mjs", file + Ending);
        // its exit code is that of the worst control; the signature is not inside
        Run("node_modules/.bin/cdx-validate", "-i", file + Ending, "--strict", "--fail-severity", "critical", "-r", "json", "-o", report);
        JsonNode json = JsonNode.Parse(File.ReadAllText(report))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((bool)json["schemaValid"]! && (bool)json["deepValid"]!, Is.True);
            Assert.That(
                json["findings"]!.AsArray().Where(finding => (string)finding!["status"]! == "fail")
                    .Select(finding => (string)finding!["ruleId"]!),
                Is.EqualTo(["SCVS-2.4"]));
        }

        Run("node_modules/.bin/cdx-convert", "-i", file + Ending, "-o", Folder[Path.GetFileName(file) + ".spdx.json"]);
    }

    private static JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(file + Ending))!;

    private static IEnumerable<(string Full, string Relative)> Unpack(string file, string work)
    {
        string root = work;
        switch (Path.GetExtension(file))
        {
            case ".exe":
                ProcessRunner.Run(new ProcessRequest("7zz", "x", "-y", "-o" + work, file));
                break;
            case ".msi":
                ProcessRunner.Run(new ProcessRequest("msiextract", "-C", work, file));
                root = Path.Combine(work, MsiPackage.Read(file).ExtractedFolder);
                break;
            case ".zip":
                ProcessRunner.Run(new ProcessRequest("unzip", "-q", file, "-d", work));
                break;
        }

        return Directory.GetFiles(work, "*", SearchOption.AllDirectories).Select(path => (path, Path.GetRelativePath(root, path)));
    }

    private static string Install()
    {
        string folder = Folder["programs"];
        Directory.CreateDirectory(folder);
        foreach (string name in (string[])["package.json", "package-lock.json", "validate.mjs"])
        {
            File.Copy(Path.Combine(Repository.Root, "tests", "BillsOfMaterials", name), Path.Combine(folder, name));
        }

        // "npm ci" wants an entry for each optional package of other systems, too, which no lock has that was written on this one
        ProcessRunner.Run(new ProcessRequest("npm", "install", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund")
        {
            WorkingDirectory = folder,
        });
        return folder;
    }

    private static void Run(string program, params string[] arguments) => ProcessRunner.Run(
        new ProcessRequest(program.Contains('/', StringComparison.Ordinal) ? Path.Combine(Programs.Value, program) : program, arguments)
        {
            WorkingDirectory = Programs.Value,
        });
}
