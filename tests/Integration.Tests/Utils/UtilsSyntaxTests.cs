using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using Qcw.Build.Components;

namespace Qcw.Integration.Tests.Utils;

/// <summary>
/// Windows PowerShell 5.1 is on every Windows, and on no machine that tests this: what it does not understand, or the tests' host does
/// not have, is found in the syntax tree.
/// </summary>
public sealed partial class UtilsSyntaxTests
{
    // of the language itself and of System.Management.Automation; New-Object and others are part of modules
    private static readonly string[] Cmdlets = ["Set-StrictMode"];

    // .NET has them, .NET Framework 4.7.2 has not
    private static readonly string[] NewerMembers =
        ["GetRelativePath", "HashData", "ToHexString", "ToHexStringLower", "IsWindows", "IsLinux", "EndsInDirectorySeparator", "TrimEndingDirectorySeparator"];

    [Test]
    public void The_script_is_ascii_and_holds_nothing_that_Windows_PowerShell_does_not_understand() =>
        Assert.That(Problems(UtilsScript.Text(UtilsStamp.None)), Is.Empty);

    [TestCase("$a = $true ? 1 : 2", "TernaryExpressionAst"), TestCase("$a = $b ?? 1", "??"), TestCase("$a ??= 1", "??=")]
    [TestCase("Set-StrictMode -Off && exit", "PipelineChainAst"), TestCase("Set-StrictMode -Off || exit", "PipelineChainAst")]
    [TestCase("${a}?.Length", "?."), TestCase("${a}?[0]", "?["), TestCase("Set-StrictMode -Off &", "&")]
    [TestCase("Get-Content x", "Get-Content"), TestCase("& $command", "$command"), TestCase("clean { }", "clean")]
    [TestCase("[IO.Path]::GetRelativePath('a', 'b')", "GetRelativePath"), TestCase("$a = 'ü'", "ASCII"), TestCase("if (", "Missing")]
    public void The_guard_finds(string script, string what) => Assert.That(string.Join('\n', Problems(script)), Does.Contain(what));

    [Test]
    public void Each_part_is_a_script_of_its_own()
    {
        foreach (string part in Directory.GetFiles(Path.Combine(Repository.Root, "build", "Components", "Utils", "script")))
        {
            Parser.ParseFile(part, out _, out ParseError[] errors);
            Assert.That(errors.Select(error => error.Message), Is.Empty, part);
        }
    }

    private static List<string> Problems(string script)
    {
        ScriptBlockAst tree = Parser.ParseInput(script, out _, out ParseError[] errors);
        List<string> problems = [.. errors.Select(error => $"line {error.Extent.StartLineNumber}: {error.Message}")];
        if (NotAscii().Match(script) is { Success: true } match)
        {
            problems.Add($"not ASCII: {match.Value}");
        }

        HashSet<string> known = [.. Cmdlets, .. tree.FindAll(node => node is FunctionDefinitionAst, true).Select(node => ((FunctionDefinitionAst)node).Name)];
        problems.AddRange(tree.FindAll(node => Problem(node, known) is not null, true)
            .Select(node => $"line {node.Extent.StartLineNumber}: {Problem(node, known)}"));
        return problems;
    }

    private static string? Problem(Ast node, HashSet<string> known) => node switch
    {
        TernaryExpressionAst or PipelineChainAst => node.GetType().Name,
        PipelineAst { Background: true } => "background &",
        BinaryExpressionAst { Operator: TokenKind.QuestionQuestion } => "??",
        AssignmentStatementAst { Operator: TokenKind.QuestionQuestionEquals } => "??=",
        MemberExpressionAst { NullConditional: true } => "?.",
        IndexExpressionAst { NullConditional: true } => "?[",
        ScriptBlockAst { CleanBlock: not null } => "clean",
        CommandAst command when command.InvocationOperator != TokenKind.Unknown => IsOwnBlock(command) ? null : command.Extent.Text.Split('\n')[0],
        CommandAst command when !known.Contains(command.GetCommandName() ?? string.Empty) => command.Extent.Text.Split('\n')[0],
        MemberExpressionAst { Static: true, Member: StringConstantExpressionAst member } when NewerMembers.Contains(member.Value) => member.Value,
        _ => null,
    };

    // & { ... }, around everything
    private static bool IsOwnBlock(CommandAst command) =>
        command.InvocationOperator == TokenKind.Ampersand && command.CommandElements is [ScriptBlockExpressionAst];

    [GeneratedRegex(@"[^\n\x20-\x7e]")]
    private static partial Regex NotAscii();
}
