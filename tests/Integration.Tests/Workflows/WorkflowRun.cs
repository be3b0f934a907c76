using System.Text.Json;

namespace Qcw.Integration.Tests.Workflows;

/// <summary>
/// Runs jobs as a runner of GitHub's does, as far as the workflows use it: every <c>run:</c> for real, with the shell and the files that
/// the runner gives it; of actions what they do with files.
/// </summary>
/// <param name="workflow">Whose jobs.</param>
/// <param name="clone">What actions/checkout gives a job.</param>
/// <param name="folder">For files of the runner's own.</param>
internal sealed class WorkflowRun(Workflow workflow, string clone, string folder)
{
    private readonly Dictionary<string, string> values = new() { [WorkflowStep.SystemName] = "Linux" };
    private readonly Dictionary<string, string?> variables = [];

    /// <summary>The <c>run:</c> texts that have run.</summary>
    public List<string> Executed { get; } = [];

    /// <summary>What the last job printed.</summary>
    public string Output { get; private set; } = string.Empty;

    /// <summary>Called where a cache is restored.</summary>
    public Action RestoreCache { get; init; } = () => { };

    /// <summary>Gives a name of expressions a meaning.</summary>
    public WorkflowRun Set(string name, string value)
    {
        values[name] = value;
        return this;
    }

    /// <summary>Gives all jobs an environment variable.</summary>
    public WorkflowRun SetVariable(string name, string value)
    {
        variables[name] = value;
        return this;
    }

    /// <summary>Gives the names of one entry of a matrix their meaning.</summary>
    public WorkflowRun SetMatrix(JsonElement entry, string name = "matrix")
    {
        foreach (JsonProperty property in entry.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Object)
            {
                SetMatrix(property.Value, $"{name}.{property.Name}");
            }
            else
            {
                Set($"{name}.{property.Name}", property.Value.GetString()!);
            }
        }

        return this;
    }

    /// <summary>What a job's output is; empty: it has none, or has not run.</summary>
    public string OutputOf(string job, string output) => values.GetValueOrDefault($"needs.{job}.outputs.{output}", string.Empty);

    /// <summary>True where a job's condition holds.</summary>
    public bool Wants(string job) => workflow.Job(job).Node.Text("if") is not { } condition || new Expressions(values).Holds(condition);

    /// <summary>Runs a job.</summary>
    /// <returns>0, or the exit code of the step that failed.</returns>
    public int Run(string name)
    {
        WorkflowJob job = workflow.Job(name);
        Output = string.Empty;
        bool checksOut = job.Steps.Any(step => step.Uses?.StartsWith("actions/checkout@", StringComparison.Ordinal) == true);
        string workspace = checksOut ? clone : Path.Combine(folder, "workspace-" + name);
        Directory.CreateDirectory(workspace);
        Dictionary<string, string?> environment = new(variables) { ["CI"] = "true", ["GITHUB_WORKSPACE"] = workspace };
        AddTexts(environment, workflow.Root.Map("env").Texts());
        AddTexts(environment, job.Node.Map("env").Texts());
        foreach (WorkflowStep step in job.Steps.Where(step => step.If != "failure()" && (step.If is null || new Expressions(values).Holds(step.If))))
        {
            if (step.Run is null)
            {
                Act(step, workspace);
                continue;
            }

            int code = Shell(step, workspace, environment);
            if (code != 0)
            {
                return code;
            }
        }

        foreach ((string output, string value) in job.Node.Map("outputs").Texts())
        {
            Set($"needs.{name}.outputs.{output}", new Expressions(values).Fill(value));
        }

        return 0;
    }

    private int Shell(WorkflowStep step, string workspace, Dictionary<string, string?> environment)
    {
        string script = WriteFile("step.sh", step.Run!);
        string outputs = WriteFile("output", string.Empty);
        string added = WriteFile("env", string.Empty);
        Dictionary<string, string?> all = new(environment) { ["GITHUB_OUTPUT"] = outputs, ["GITHUB_ENV"] = added, ["GITHUB_STEP_SUMMARY"] = Path.Combine(folder, "summary") };
        AddTexts(all, step.Node.Map("env").Texts());
        ProcessResult result = ProcessRunner.Run(new ProcessRequest("bash", "--noprofile", "--norc", "-eo", "pipefail", script)
        {
            WorkingDirectory = Path.Combine(workspace, step.Node.Text("working-directory") ?? string.Empty),
            Environment = all,
            AllowFailure = true,
        });
        Executed.Add(step.Run!);
        Output += result.StandardOutput + result.StandardError;
        foreach (string[] line in File.ReadAllLines(outputs).Select(line => line.Split('=', 2)))
        {
            Set($"steps.{step.Id}.outputs.{line[0]}", line[1]);
        }

        foreach (string[] line in File.ReadAllLines(added).Select(line => line.Split('=', 2)))
        {
            environment[line[0]] = line[1];
        }

        return result.ExitCode;
    }

    private void Act(WorkflowStep step, string workspace)
    {
        switch (step.Uses!.Split('@')[0])
        {
            case "actions/checkout":
                Files.Delete(Path.Combine(workspace, "artifacts"));
                ProcessRunner.Run(new ProcessRequest("git", "checkout", "--quiet", "--", "artifacts") { WorkingDirectory = workspace });
                break;
            case "actions/cache":
                RestoreCache();
                break;
            case "actions/upload-artifact":
                Store.Upload(Fill(step, "name"), workspace, Fill(step, "path").Split('\n', StringSplitOptions.RemoveEmptyEntries));
                break;
            case "actions/download-artifact":
                Store.Download(step.With("name") ?? step.With("pattern")!, Path.Combine(workspace, Fill(step, "path")));
                break;
            default:
                Assert.That(step.Uses, Does.StartWith("actions/setup-dotnet@").Or.StartWith("actions/attest-build-provenance@"), "an action that the tests do not know");
                break;
        }
    }

    private ArtifactStore Store => new(Path.Combine(folder, "store"));

    private string Fill(WorkflowStep step, string input) => new Expressions(values).Fill(step.With(input)!);

    private void AddTexts(Dictionary<string, string?> environment, IEnumerable<(string Key, string Value)> texts)
    {
        foreach ((string key, string value) in texts)
        {
            environment[key] = new Expressions(values).Fill(value);
        }
    }

    private string WriteFile(string name, string text)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
