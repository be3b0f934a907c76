namespace Qcw.Build.Host;

/// <summary>
/// Runs a check in a browser: a <c>check.mjs</c> in a folder of <c>tests/Documentation</c>, with tools from npm in the versions and with
/// the hashes of the lock file beside it. It needs the tools chromium, node and npm.
/// </summary>
internal static class BrowserCheck
{
    /// <summary>Runs it.</summary>
    /// <param name="context">The build.</param>
    /// <param name="name">The folder; what the check prints is also in the log of that name.</param>
    /// <param name="arguments">Of the check, behind the path of the browser.</param>
    /// <exception cref="ProcessFailedException">It found something; what, it has printed.</exception>
    public static void Run(HostContext context, string name, params IEnumerable<string> arguments)
    {
        string folder = Path.Combine(context.Paths.Temporary, name + "-check");
        string log = context.Paths.Log(name, "check");
        Files.Delete(folder);
        Files.Delete(log);
        foreach (string file in (string[])["check.mjs", "package.json", "package-lock.json"])
        {
            Files.Copy(Path.Combine(context.Paths.Root, "tests", "Documentation", name, file), Path.Combine(folder, file));
        }

        Start("npm", "ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund");
        Start("node", ["check.mjs", Tool("chromium"), .. arguments]);
        Files.Delete(folder);

        string Tool(string tool) => context.HostTools.Find(ToolCatalog.Find(tool)).Path!;

        void Start(string tool, params string[] words) => ProcessRunner.Run(new ProcessRequest(Tool(tool), words)
        {
            WorkingDirectory = folder,
            LogFile = log,
            OnLine = context.Messages.Info,
        });
    }
}
