using Qcw.Build.Attesting;
using Qcw.Build.Packaging;
using Qcw.Build.Reporting;
using Qcw.Build.Tests.Attesting;

namespace Qcw.Build.Tests.Reporting;

/// <summary>Facts for reports, from the small release of the other tests.</summary>
internal static class SampleReport
{
    /// <summary>The contents of a release with one file, as its bill of materials tells them.</summary>
    public static ReleaseContents Release(ArtifactRecord? record = null, params Advisory[] advisories) =>
        new("sample", [Contents(record ?? SampleRecord.Record, advisories)]);

    public static string Bom(ArtifactRecord record, params Advisory[] advisories) =>
        new CycloneDxWriter(SampleRecord.Line, advisories).Write(Inventory.Of(record, SampleRecord.Line, string.Empty, ["meson"]));

    public static ReleasedContents Contents(ArtifactRecord record, params Advisory[] advisories) =>
        ReleasedContents.Parse(Bom(record, advisories), record.File) with { Packed = record.Size };

    public static ReportFacts Facts(ReleaseContents? release = null) => new(
        "sample", release ?? Release(), [new PatchState("zlib", "0001-one", "fix a thing", "qcw", "never-sent")],
        [new TrustFact("checksums", "yes", "SHA256SUMS")]);

    /// <summary>A run in which one thing is done after the other: a fetch, a compilation with a step inside, and a description.</summary>
    public static RecordedRun Run(string name = "xz") => RecordedRun.Of(
        [
            new StepEvent("run", 0)
            {
                Line = "sample",
                At = DateTimeOffset.UnixEpoch,
                Targets = ["Release"],
                Graph = new Dictionary<string, IReadOnlyList<string>>
                {
                    ["Release"] = ["Make", "Other"], ["Make"] = ["Get"], ["Other"] = [], ["Get"] = [],
                },
            },
            new StepEvent("task", 100) { Id = 1, Name = "Get", Component = name, Phase = "fetch" },
            new StepEvent("fetch", 120) { Id = 2, Parent = 1, Component = name, Name = name + ".tar.xz" },
            new StepEvent("end", 480) { Id = 2, Outcome = "ran", Origin = "upstream", Network = true, Bytes = 1000 },
            new StepEvent("end", 500) { Id = 1, Outcome = "ran" },
            new StepEvent("task", 500) { Id = 3, Name = "Make", Component = name, Phase = "compile" },
            new StepEvent("step", 520)
            {
                Id = 4,
                Parent = 3,
                Component = name,
                Phase = "compile",
                Why = "its inputs changed",
                Changed = [new InputChange("tool gcc", "12", "13")],
                Output = "stage/" + name,
            },
            new StepEvent("step", 600) { Id = 5, Parent = 4, Component = "inner", Phase = "unpack", Why = "it had not been made here" },
            new StepEvent("end", 700) { Id = 5, Outcome = "ran" },
            new StepEvent("end", 2500) { Id = 4, Outcome = "ran", Bytes = 10 },
            new StepEvent("end", 2600) { Id = 3, Outcome = "ran" },
            new StepEvent("task", 2600) { Id = 6, Name = "Other" },
            new StepEvent("step", 2650) { Id = 7, Parent = 6, Component = "release", Phase = "notes", Why = "it is up to date" },
            new StepEvent("end", 2651) { Id = 7, Outcome = "up to date" },
            new StepEvent("end", 2700) { Id = 6, Outcome = "ran" },
            new StepEvent("done", 2750) { Outcome = "done" },
        ],
        "steps.jsonl");
}
