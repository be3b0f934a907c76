namespace Qcw.Acceptance.Tests;

/// <summary>What a person who downloads a release checks first.</summary>
[Category("release")]
public sealed class ReleaseFolderTests
{
    [TestCase("SHA256SUMS", "sha256sum"), TestCase("SHA512SUMS", "sha512sum")]
    public void Checksums_hold_and_cover_every_file(string sums, string program)
    {
        ProcessRunner.Run(new ProcessRequest(program, "--check", "--strict", sums) { WorkingDirectory = ReleaseUnderTest.Folder });
        string[] covered = [.. File.ReadLines(Path.Combine(ReleaseUnderTest.Folder, sums)).Select(line => line.Split("  ")[1])];
        string[] files = [.. Directory.GetFiles(ReleaseUnderTest.Folder).Select(file => Path.GetFileName(file)!)];
        Assert.That(files.Where(file => !file.StartsWith("SHA", StringComparison.Ordinal)), Is.EquivalentTo(covered));
    }

    [Test]
    public void Release_notes_name_every_other_file()
    {
        string notes = File.ReadAllText(Path.Combine(ReleaseUnderTest.Folder, "RELEASE-NOTES.md"));
        using (Assert.EnterMultipleScope())
        {
            foreach (string file in Directory
                    .GetFiles(ReleaseUnderTest.Folder)
                    .Select(file => Path.GetFileName(file)!)
                    .Where(file => file != "RELEASE-NOTES.md" && !file.StartsWith("SHA256SUMS.", StringComparison.Ordinal)
                        && !file.EndsWith(BillsOfMaterialsTests.Ending, StringComparison.Ordinal)))
            {
                Assert.That(notes, Does.Contain(file));
            }
        }
    }
}
