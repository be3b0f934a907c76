using System.Text.Json;
using Qcw.Build.Components;

namespace Qcw.Integration.Tests.Utils;

/// <summary>The scripts for PowerShell where a policy of Windows keeps it in constrained language mode.</summary>
public sealed class LanguageModeTests
{
    private const string Sentence = "qcw-utils: a policy of this Windows lets PowerShell run this script in ConstrainedLanguage mode only, "
        + "which is not enough for it; what still works: Podman, QEMU, ";

    private TemporaryFolder folder = null!;

    [SetUp]
    public void Create()
    {
        folder = new TemporaryFolder();
        folder.Write("qcw-utils.ps1", System.Text.Encoding.UTF8.GetBytes(UtilsScript.Text(UtilsStamp.None)));
    }

    [TearDown]
    public void Delete() => folder.Dispose();

    [TestCase(""), TestCase("-Target x"), TestCase("-Uninstall"), TestCase("-Doctor"), TestCase("-Doctor -Fix"), TestCase("-PodmanDesktop")]
    [TestCase("-SetUp -Yes")]
    public void Every_call_says_one_sentence(string arguments)
    {
        ProcessResult result = Constrained($"& ./qcw-utils.ps1 {arguments}; exit $LASTEXITCODE");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(1));
            Assert.That(result.StandardOutput.Trim(), Does.StartWith(Sentence).And.Not.Contain("\n"));
            Assert.That(result.StandardError, Is.Empty);
            Assert.That(Directory.GetFileSystemEntries(folder.Path), Has.Length.EqualTo(1));
        }
    }

    [TestCase("build.ps1"), TestCase("tests/Acceptance.Windows/journey.ps1")]
    public void So_do_the_other_scripts(string script)
    {
        ProcessResult result = Constrained($"& '{Path.Combine(Repository.Root, script)}'; exit $LASTEXITCODE");
        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(
            result.StandardOutput.Trim(),
            Does.StartWith($"{Path.GetFileName(script)}: a policy of this Windows").And.Contain("what still works: ")
                .And.Not.Contain("\n"));
    }

    [Test]
    public void Help_works()
    {
        ProcessResult result = Constrained("& ./qcw-utils.ps1 -Help");
        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.StandardOutput, Does.Contain("-Offline FOLDER").And.Not.Contain("policy"));
    }

    [Test]
    public void Json_stays_json()
    {
        ProcessResult result = Constrained("& ./qcw-utils.ps1 -Doctor -Json; exit $LASTEXITCODE");
        Assert.That(result.ExitCode, Is.EqualTo(1));
        JsonElement report = JsonDocument.Parse(result.StandardOutput).RootElement;
        Assert.That(report.GetProperty("problems").GetInt32(), Is.EqualTo(1));
        Assert.That(report.GetProperty("findings")[0].GetProperty("id").GetString(), Is.EqualTo("language-mode"));
    }

    [Test]
    public void As_text_it_throws_the_sentence()
    {
        ProcessResult result = Constrained("try { iex (Get-Content -Raw ./qcw-utils.ps1) } catch { \"$_\" }");
        Assert.That(result.StandardOutput.Trim(), Does.StartWith(Sentence));
    }

    private ProcessResult Constrained(string command) =>
        Pwsh.Run(folder.Path, ["-Command", $"$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'; {command}"]);
}
