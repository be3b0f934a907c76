using System.Globalization;
using System.Text.RegularExpressions;
using Qcw.Build.Packaging.Pe;

namespace Qcw.Build.Packaging.Msi;

/// <summary>Makes MSIs with wixl 0.101 or newer, msibuild and msiinfo, all from Debian's msitools.</summary>
public sealed partial class WixlBuilder : IMsiBuilder
{
    private const string Wixl = "wixl";
    private const string MsiBuild = "msibuild";
    private const string MsiInfo = "msiinfo";
    private const string Summary = "_SummaryInformation";
    private const int TrapSignal = 133; // the exit code for SIGTRAP in shells and in .NET

    public string Version() => $"{Wixl} {VersionOf(Wixl)}, {VersionOf(MsiInfo)}";

    string IMsiBuilder.Build(MsiPlan plan, string work, string logFile)
    {
        string msi = Path.Combine(work, "product.msi");
        File.WriteAllText(Path.Combine(work, "product.wxs"), new WixlSource(plan).Text(plan.ProductCode));
        RunWixl(work, logFile);

        Dictionary<string, IdtTable> tables = MsiTables.Changed.Append(Summary)
            .ToDictionary(name => name, name => Export(msi, name, logFile));
        plan.Tables.Complete(tables, file => PeVersion.Read(Path.Combine(work, plan.Layout.StagedNames[file])));
        SetSummary(tables[Summary], plan);
        Import(msi, work, [.. tables.Values, .. plan.Tables.New().Where(table => table.Rows.Count > 0)], logFile);
        return msi;
    }

    private static string VersionOf(string program) => ProcessRunner.Run(new ProcessRequest(program, "--version")).StandardOutput.Trim();

    private static void RunWixl(string work, string logFile)
    {
        try
        {
            ProcessRunner.Run(new ProcessRequest(Wixl, "-a", "x64", "-o", "product.msi", "product.wxs")
            {
                WorkingDirectory = work,
                LogFile = logFile,

                // without this it only warns, exits with 0, and the MSI lacks what the warning was about
                Environment = new Dictionary<string, string?> { ["G_DEBUG"] = "fatal-warnings" },
            });
        }
        catch (ProcessFailedException e) when (e.ExitCode is not null)
        {
            string trap = e.ExitCode == TrapSignal
                ? $" (exit code {TrapSignal}: the source has something that wixl does not know)"
                : string.Empty;
            throw new BuildException($"wixl could not make the MSI{trap}: {Complaint(e.Message)}\n  full output: {logFile}", e);
        }
    }

    // the lines of the program's output, without its name, its process number and the time
    private static string Complaint(string message)
    {
        string[] lines =
        [
            .. message.Split('\n').Where(line => line.StartsWith("    ", StringComparison.Ordinal))
                .Select(line => GlibPrefix().Replace(line.Trim(), string.Empty)).Where(line => line.Length > 0),
        ];
        return lines.Length == 0 ? message : string.Join("; ", lines);
    }

    private static IdtTable Export(string msi, string table, string logFile) =>
        IdtTable.Parse(table, ProcessRunner.Run(new ProcessRequest(MsiInfo, "export", msi, table) { LogFile = logFile }).StandardOutput);

    // everything in one call: msibuild appends to the file each time
    private static void Import(string msi, string work, IReadOnlyList<IdtTable> tables, string logFile)
    {
        foreach (IdtTable table in tables)
        {
            File.WriteAllText(Path.Combine(work, table.Name + ".idt"), table.Text());
        }

        ProcessRunner.Run(new ProcessRequest(MsiBuild, [msi, "-i", .. tables.Select(table => table.Name + ".idt")])
        {
            WorkingDirectory = work,
            LogFile = logFile,
        });
    }

    /// <summary>
    /// Sets what wixl takes from the machine and what it has no attribute for. The numbers are those of Microsoft's "Summary Property
    /// Descriptions".
    /// </summary>
    private static void SetSummary(IdtTable summary, MsiPlan plan)
    {
        string time = DateTimeOffset.FromUnixTimeSeconds(plan.Description.SourceDateEpoch)
            .ToString("yyyy/MM/dd HH:mm:ss", CultureInfo.InvariantCulture);
        Set("7", $"{(plan.Msi.Architecture == Architecture.Arm64 ? "Arm64" : "x64")};1033");
        Set("9", plan.PackageCode.Text());
        Set("12", time);
        Set("13", time);

        // 2: the files are in a cabinet; 8: no administrator rights are needed
        Set("15", plan.Msi.Edition == MsiEdition.PerUser ? "10" : "2");

        void Set(string id, string value) => summary.Set(summary.Row(id), "Value", value);
    }

    [GeneratedRegex(@"^(\*\* )?\(wixl:[0-9]+\): |[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]+: ")]
    private static partial Regex GlibPrefix();
}
