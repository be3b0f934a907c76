using System.Diagnostics;
using Qcw.Build.Fetching;
using Qcw.Build.Sources.Patches;

namespace Qcw.Integration.Tests.Sources;

/// <summary>Patches the tree of a fixture in a process of its own, which a test can kill.</summary>
internal sealed class SourceTreeProcess(SourceTreeFixture fixture)
{
    private string? wrappers;

    /// <summary>Puts a shell script before git. <c>GIT</c> in it is the real one; <c>$PPID</c> is the build.</summary>
    public SourceTreeProcess WithGit(string script)
    {
        wrappers = Path.Combine(fixture.Folder, "bin");
        Directory.CreateDirectory(wrappers);
        string real = ProcessRunner.Run(new ProcessRequest("sh", "-c", "command -v git")).StandardOutput.Trim();
        string git = Path.Combine(wrappers, "git");
        File.WriteAllText(git, "#!/bin/sh\n" + script.Replace("GIT ", real + " ", StringComparison.Ordinal) + "\n");
        SourceTreeFixture.SetExecutable(git, true);
        return this;
    }

    public Process Start(string verb, FetchedSource source, params PatchFile[] patches)
    {
        string tool = Path.Combine(TestContext.CurrentContext.TestDirectory, "SourceTreeTool.dll");
        var info = new ProcessStartInfo(
            "dotnet",
            [tool, verb, fixture.Paths.Artifacts, source.Path, source.ContentHash, .. patches.Select(patch => patch.Path)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (wrappers is not null)
        {
            info.Environment["PATH"] = wrappers + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        }

        var process = Process.Start(info)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Runs to the end, or to the death.</summary>
    public int Run(string verb, FetchedSource source, params PatchFile[] patches)
    {
        using Process process = Start(verb, source, patches);

        // not WaitForExit(): a git that outlives the build holds its output open
        process.WaitForExit(TimeSpan.FromMinutes(2));
        return process.ExitCode;
    }
}
