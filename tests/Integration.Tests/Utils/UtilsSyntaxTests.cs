using System.Text;
using Qcw.Build.Components;

namespace Qcw.Integration.Tests.Utils;

/// <summary>qcw-utils.ps1 is for every PowerShell, and the guard that says so knows its business.</summary>
public sealed class UtilsSyntaxTests
{
    private static readonly (string Script, string Found)[] Refused =
    [
        ("$a = $true ? 1 : 2", "? :"), ("$a = $b ?? 1", "??"), ("$a ??= 1", "??="),
        ("Write-Host && exit", "AndAnd"), ("Write-Host || exit", "OrOr"),
        ("${a}?.Length", "?."), ("${a}?.Trim()", "?."), ("${a}?[0]", "?["), ("Write-Host &", "background &"), ("clean { }", "clean"),
        ("Get-Clipboard", "Get-Clipboard"), ("& $command", "& $command"),
        ("ConvertTo-Json $a -EscapeHandling Default", "ConvertTo-Json -EscapeHandling"),
        ("[IO.Path]::GetRelativePath('a', 'b')", "GetRelativePath"), ("$a = 'ü'", "not ASCII: ü"), ("if (", "Missing"),
    ];

    private TemporaryFolder folder = null!;

    [SetUp]
    public void Create() => folder = new TemporaryFolder();

    [TearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public void The_script_is_ascii_and_holds_nothing_that_Windows_PowerShell_does_not_understand()
    {
        folder.Write("qcw-utils.ps1", Encoding.UTF8.GetBytes(UtilsScript.Text(UtilsStamp.None)));
        Assert.That(Problems(), Is.Empty);
    }

    [Test]
    public void The_guard_finds_what_it_is_for()
    {
        for (int index = 0; index < Refused.Length; index++)
        {
            folder.Write($"{index}.ps1", Encoding.UTF8.GetBytes(Refused[index].Script));
        }

        string[] problems = Problems();
        using (Assert.EnterMultipleScope())
        {
            for (int index = 0; index < Refused.Length; index++)
            {
                string[] found = [.. problems.Where(problem => problem.StartsWith($"{index}.ps1", StringComparison.Ordinal))];
                Assert.That(found, Has.Some.Contains(": " + Refused[index].Found), Refused[index].Script);
            }
        }
    }

    [Test]
    public void The_guard_accepts_the_language_of_both()
    {
        folder.Write(
            "both.ps1", "& { function Get-It { 1 }; Get-It; Get-Item -LiteralPath 'x' -Force; [IO.Path]::GetFullPath('a') }"u8.ToArray());
        Assert.That(Problems(), Is.Empty);
    }

    [Test]
    public void Each_part_is_a_script_of_its_own()
    {
        foreach (string part in Directory.GetFiles(UtilsScript.Parts))
        {
            folder.Write(Path.GetFileName(part), File.ReadAllBytes(part));
        }

        Assert.That(Problems("-ParseOnly"), Is.Empty);
    }

    private string[] Problems(params string[] options) => SyntaxGuard.Problems(folder.Path, options);
}
