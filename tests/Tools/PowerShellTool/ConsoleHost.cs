using System.Globalization;
using System.Management.Automation.Host;

namespace Qcw.Tools.PowerShellTool;

/// <summary>The least that PowerShell asks of a console: an exit code, and lines in and out.</summary>
internal sealed class ConsoleHost : PSHost, IDisposable
{
    /// <summary>What was given to an <c>exit</c> that ends the whole session; null: there was none (that of a script file only ends the file).</summary>
    public int? ExitCode { get; private set; }

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "PowerShellTool";

    public override PSHostUserInterface UI { get; } = new ConsoleUserInterface();

    public override Version Version { get; } = new(1, 0);

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public void Dispose() => Console.Out.Flush();
}
