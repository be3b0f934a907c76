namespace Qcw.Integration.Tests.Shims;

/// <summary>
/// build.sh with the real dotnet, on machines with different NuGet feeds: whether it takes the Cake packages or their stand-ins, and
/// what it says (docs/adr/0002). The packages are small ones of the test's, with the assemblies that the tests themselves run on.
/// </summary>
[TestFixture]
[Platform("Linux")]
public sealed class NuGetTests
{
    private static readonly (string Id, int Severity)[] Advisories =
        [("yamldotnet", 0), ("sharpcompress", 1), ("bouncycastle.cryptography", 2), ("cake.docker", 3), ("libgit2sharp", 3)];

    private NuGetCheckout checkout = null!;

    [OneTimeSetUp]
    public void CopyCheckout() => checkout = new NuGetCheckout();

    [OneTimeTearDown]
    public void DeleteCheckout() => checkout.Dispose();

    [Test]
    public void A_feed_without_the_packages_means_the_stand_ins()
    {
        using var feed = new NuGetFeed();
        checkout.Use(feed);
        ProcessResult asked = Plan("package");
        ProcessResult result = Plan(null);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(asked.ExitCode, Is.EqualTo(1));
            Assert.That(asked.StandardError, Does.Contain("error NU1101: Unable to find package Cake.")
                .And.Contain("cannot be restored; the errors are above"));
            AssertPlan(result);
            Assert.That(result.StandardError, Does.Match(
                @"(?m)^build\.sh: the Cake packages cannot be restored here, .* until build/\.cake-addins is deleted; "
                + @"the reason: NU1101: Unable to find package Cake\..*$"));
            Assert.That(File.ReadAllText(checkout.Memory), Is.EqualTo("source\n"));
        }
    }

    [TestCase("package")]
    [TestCase("source")]
    public void Advisories_of_every_severity_warn_and_stop_nothing(string mode)
    {
        using NuGetFeed feed = FeedWithPackages(Advisories);
        checkout.Use(feed);
        ProcessResult result = checkout.Restore(mode);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.Zero, result.StandardOutput);
            Assert.That(result.StandardOutput, Does.Contain("warning NU1901").And.Contain("warning NU1902")
                .And.Contain("warning NU1903").And.Contain("warning NU1904"));
        }
    }

    [TestCase("package")]
    [TestCase("source")]
    public void A_second_feed_warns_and_stops_nothing(string mode)
    {
        using NuGetFeed first = FeedWithPackages();
        using var second = new NuGetFeed();
        checkout.Use(first, second);
        ProcessResult result = checkout.Restore(mode);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.Zero, result.StandardOutput);
            Assert.That(result.StandardOutput, Does.Contain("warning NU1507"));
        }
    }

    /// <summary>Two feeds, one with advisories: the machine on which nothing is as it was when the versions were pinned.</summary>
    [Test]
    public void Packages_that_are_there_are_taken()
    {
        using NuGetFeed first = FeedWithPackages(Advisories);
        using var second = new NuGetFeed();
        checkout.Use(first, second);
        ProcessResult result = Plan(null);
        ProcessResult asked = checkout.Build("package", "--info");
        using (Assert.EnterMultipleScope())
        {
            AssertPlan(result);
            Assert.That(result.StandardError, Is.EqualTo("build.sh: building the build host.\n"));
            Assert.That(asked.StandardOutput, Does.Contain("CakeAddins=package"));
            Assert.That(asked.StandardError, Is.Empty, "the same host serves who asks for the packages");
            Assert.That(checkout.Memory, Does.Not.Exist);
        }
    }

    [Test]
    public void Packages_that_the_host_does_not_compile_against_mean_the_stand_ins()
    {
        using NuGetFeed feed = new();
        foreach ((string id, string version) in NuGetCheckout.CakePackages)
        {
            feed.Add(id, version);
        }

        checkout.Use(feed);
        ProcessResult asked = Plan("package");
        ProcessResult result = Plan(null);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(asked.ExitCode, Is.EqualTo(1));
            Assert.That(
                asked.StandardError, Does.Contain("error CS0246").And.Contain("the build host does not compile; the errors are above"));
            AssertPlan(result);
            Assert.That(result.StandardError, Does.Match(
                @"(?m)^build\.sh: the build host does not compile against the Cake packages of this machine \(please report it\), .* "
                + @"until build/\.cake-addins is deleted; the reason: build/\S+\.cs\(\d+,\d+\): error CS\d+: .*$"));
            Assert.That(File.ReadAllText(checkout.Memory), Is.EqualTo("source\n"));
        }
    }

    /// <summary>
    /// Where this machine's own feeds have the packages, the host is built and runs on them. Where they have not, NuGet says so; what
    /// build.sh makes of that is the first test's business.
    /// </summary>
    [Test]
    public void The_packages_of_this_machines_own_feeds()
    {
        checkout.Use();
        ProcessResult restored = checkout.Restore("package");
        bool packages = restored.ExitCode == 0;
        TestContext.Out.WriteLine($"this machine's feeds {(packages ? "have" : "do not have")} the Cake packages");
        if (packages)
        {
            AssertPlan(Plan("package"));
        }
        else
        {
            Assert.That(restored.StandardOutput, Does.Match(@"error NU1101: Unable to find package Cake\."));
        }
    }

    private ProcessResult Plan(string? mode) => checkout.Build(mode, "--target=Release", "--dryrun");

    private static void AssertPlan(ProcessResult result)
    {
        Assert.That(result.ExitCode, Is.Zero, result.StandardError);
        Assert.That(result.StandardOutput, Does.Contain(". QemuInstaller\n").And.Contain(". Release\n"));
    }

    // the assemblies that Cake's packages bring go into one of them: which brings which does not matter here
    private static NuGetFeed FeedWithPackages(params (string Id, int Severity)[] advisories)
    {
        var own = new Dictionary<string, string[]>
        {
            ["Cake.Frosting"] = ["Cake.Frosting", "Cake.Core", "Cake.Common", "Cake.Cli",
                "Spectre.Console", "Spectre.Console.Ansi", "Spectre.Console.Cli",
                "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.DependencyInjection.Abstractions"],
            ["Cake.Frosting.Git"] = ["Cake.Git"],
            ["Cake.Docker"] = ["Cake.Docker"],
            ["Cake.Http"] = ["Cake.Http"],
        };
        var feed = new NuGetFeed(advisories);
        foreach ((string id, string version) in NuGetCheckout.CakePackages)
        {
            feed.Add(id, version, [.. own[id].Select(assembly => Path.Combine(AppContext.BaseDirectory, assembly + ".dll"))]);
        }

        return feed;
    }
}
