namespace Qcw.Integration.Tests.Workflows;

/// <summary>
/// Runs the shell texts of the release workflow. Values that GitHub would put into the environment come from the test; <c>build.sh</c> is
/// the host that was compiled with the tests, in a small checkout. Jobs, actions and expressions are not imitated.
/// </summary>
internal sealed class ReleaseScripts : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>Makes the workspace with <c>build.sh</c>.</summary>
    /// <param name="checkout">The checkout that is built.</param>
    public ReleaseScripts(string checkout)
    {
        Directory.CreateDirectory(Workspace);
        string host = Path.Combine(AppContext.BaseDirectory, "Build.dll");
        Program("workspace/build.sh",
            $"cd '{checkout}' && exec env -u QCW_CALLER_DIRECTORY dotnet '{host}' \"$@\" --artifacts='{Workspace}/artifacts'");
    }

    /// <summary>The folder that scripts run in.</summary>
    public string Workspace => folder["workspace"];

    /// <summary>What the last script wrote for later steps, by name.</summary>
    public IReadOnlyDictionary<string, string> Outputs { get; private set; } = new Dictionary<string, string>();

    /// <summary>What the last script added to the summary of the run.</summary>
    public string Summary => File.ReadAllText(folder["summary"]);

    /// <summary>Writes a file into the workspace.</summary>
    /// <returns>Its full path.</returns>
    public string Write(string name, string text) => folder.Write("workspace/" + name, text);

    /// <summary>Writes a program that scripts find before the machine's own.</summary>
    /// <returns>Its full path.</returns>
    public string AddProgram(string name, string script) => Program("programs/" + name, script);

    /// <summary>Runs the text of a step, as a runner does.</summary>
    /// <param name="step">The step. Every variable that it declares has to be given.</param>
    /// <param name="variables">The environment: what the step declares, and the runner's own.</param>
    public (int ExitCode, string Output) Run(WorkflowStep step, params (string Name, string Value)[] variables)
    {
        Assert.That(variables.Select(variable => variable.Name), Is.SupersetOf(step.Environment.Keys), "the variables of the step");
        Directory.CreateDirectory(folder["programs"]);
        string script = folder.Write("step.sh", step.Run!);
        string outputs = folder.Write("outputs", string.Empty);
        var environment = new Dictionary<string, string?>(variables
            .Select(variable => KeyValuePair.Create(variable.Name, (string?)variable.Value)))
        {
            ["CI"] = "true",
            ["GITHUB_OUTPUT"] = outputs,
            ["GITHUB_STEP_SUMMARY"] = folder.Write("summary", string.Empty),
            ["PATH"] = $"{folder["programs"]}:{Environment.GetEnvironmentVariable("PATH")}",
        };
        ProcessResult result = ProcessRunner.Run(new ProcessRequest("bash", "--noprofile", "--norc", "-eo", "pipefail", script)
        {
            WorkingDirectory = Path.Combine(Workspace, step.Node.Text("working-directory") ?? string.Empty),
            Environment = environment,
            AllowFailure = true,
        });
        Outputs = File.ReadAllLines(outputs).Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return (result.ExitCode, result.StandardOutput + result.StandardError);
    }

    public void Dispose() => folder.Dispose();

    private string Program(string name, string script)
    {
        string path = folder.Write(name, $"#!/bin/bash\n{script}\n");
        ProcessRunner.Run(new ProcessRequest("chmod", "755", path));
        return path;
    }
}
