using System.Globalization;
using System.Text.RegularExpressions;
using Qcw.Build.Packaging.Pe;

namespace Qcw.Build.Packaging.Msi;

/// <summary>Makes MSIs with wixl 0.101 or newer and msibuild, both of Debian's msitools.</summary>
/// <param name="wixl">The program, a name on PATH or a full path.</param>
/// <param name="msibuild">Writes tables into an MSI.</param>
/// <param name="msiinfo">Reads tables of an MSI.</param>
public sealed partial class WixlBuilder(string wixl = "wixl", string msibuild = "msibuild", string msiinfo = "msiinfo") : IMsiBuilder
{
    private const string Summary = "_SummaryInformation";
    private const int TrapSignal = 133; // what a shell makes of SIGTRAP; .NET does the same

    public string Version() =>
        $"wixl {ProcessRunner.Run(new ProcessRequest(wixl, "--version")).StandardOutput.Trim()}, " +
        ProcessRunner.Run(new ProcessRequest(msiinfo, "--version")).StandardOutput.Trim();

    string IMsiBuilder.Build(MsiPlan plan, string work, string logFile)
    {
        string msi = Path.Combine(work, "product.msi");
        File.WriteAllText(Path.Combine(work, "product.wxs"), plan.WixlSource);
        RunWixl(work, logFile);

        IReadOnlyDictionary<string, IdtTable> tables = MsiTables.Changed.Append(Summary).ToDictionary(name => name, name => Export(msi, name, logFile));
        Dictionary<InstalledFile, string> staged = plan.Layout.StagedNames.ToDictionary(item => item.Key, item => Path.Combine(work, item.Value));
        plan.Tables.Complete(tables, file => PeVersion.Read(staged[file]));
        SetSummary(tables[Summary], plan);
        Import(msi, work, [.. tables.Values, .. plan.Tables.New(plan.Version).Where(table => table.Rows.Count > 0)], logFile);
        return msi;
    }

    private void RunWixl(string work, string logFile)
    {
        try
        {
            ProcessRunner.Run(new ProcessRequest(wixl, "-a", "x64", "-o", "product.msi", "product.wxs")
            {
                WorkingDirectory = work,
                LogFile = logFile,

                // else it goes on after a warning, and the MSI lacks what the warning was about
                Environment = new Dictionary<string, string?> { ["G_DEBUG"] = "fatal-warnings" },
            });
        }
        catch (ProcessFailedException e) when (e.ExitCode is not null)
        {
            string trap = e.ExitCode == TrapSignal ? " (133: it met something that it does not know, and was told to stop there)" : string.Empty;
            throw new BuildException($"wixl could not make the MSI from the source that was written for it{trap}: {Complaint(e.Message)}\n  full output: {logFile}", e);
        }
    }

    // the lines that say what is wrong, without the program's name, its process number and the time
    private static string Complaint(string message)
    {
        string[] lines =
        [
            .. message.Split('\n').Where(line => line.StartsWith("    ", StringComparison.Ordinal))
                .Select(line => GlibPrefix().Replace(line.Trim(), string.Empty)).Where(line => line.Length > 0),
        ];
        return lines.Length == 0 ? message : string.Join("; ", lines);
    }

    private IdtTable Export(string msi, string table, string logFile) =>
        IdtTable.Parse(table, ProcessRunner.Run(new ProcessRequest(msiinfo, "export", msi, table) { LogFile = logFile }).StandardOutput);

    // everything in one call: msibuild appends to the file each time
    private void Import(string msi, string work, IReadOnlyList<IdtTable> tables, string logFile)
    {
        foreach (IdtTable table in tables)
        {
            File.WriteAllText(Path.Combine(work, table.Name + ".idt"), table.Text());
        }

        ProcessRunner.Run(new ProcessRequest(msibuild, [msi, "-i", .. tables.Select(table => table.Name + ".idt")]) { WorkingDirectory = work, LogFile = logFile });
    }

    /// <summary>Sets what wixl takes from the machine, and what it cannot be told (numbers are those of Microsoft's "Summary Property Descriptions").</summary>
    private static void SetSummary(IdtTable summary, MsiPlan plan)
    {
        string time = DateTimeOffset.FromUnixTimeSeconds(plan.Description.SourceDateEpoch).ToString("yyyy/MM/dd HH:mm:ss", CultureInfo.InvariantCulture);
        Set("7", $"{MsiArchitecture.TemplateOf(plan.Description.Architecture)};1033");
        Set("9", plan.PackageCode.Text());
        Set("12", time);
        Set("13", time);

        // 2: the files are in a cabinet; 8: no administrator rights are needed
        Set("15", plan.Description.Edition == MsiEdition.PerUser ? "10" : "2");

        void Set(string id, string value) => summary.Set(summary.Row(id), "Value", value);
    }

    [GeneratedRegex(@"^(\*\* )?\(wixl:[0-9]+\): |[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]+: ")]
    private static partial Regex GlibPrefix();
}
