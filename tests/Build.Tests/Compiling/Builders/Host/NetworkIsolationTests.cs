using Qcw.Build.Compiling.Builders.Host;

namespace Qcw.Build.Tests.Compiling.Builders.Host;

[Platform("Linux")]
public sealed class NetworkIsolationTests
{
    private readonly List<string> asked = [];

    [SetUp]
    public void SetUp() => asked.Clear();

    [Test]
    public void Root_has_a_namespace_at_once()
    {
        NetworkIsolation isolation = Find(allowed: "--net");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(isolation.Command, Is.EqualTo(["/usr/bin/unshare", "--net", "--"]));
            Assert.That(asked, Is.EqualTo(["--net -- /bin/true"]));
        }
    }

    [Test]
    public void A_user_has_one_in_a_user_namespace_with_the_same_number()
    {
        NetworkIsolation isolation = Find(allowed: "--user");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(isolation.Command, Is.EqualTo(["/usr/bin/unshare", "--user", "--map-current-user", "--net", "--"]));
            Assert.That(isolation.Description, Does.StartWith("recipes have no network"));
        }
    }

    [Test]
    public void Where_the_kernel_refuses_both_the_log_says_what_is_left()
    {
        NetworkIsolation isolation = Find(allowed: "none");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(isolation.Command, Is.Empty);
            Assert.That(
                isolation.Description,
                Does.StartWith("recipes have a network here (unshare failed: Operation not permitted)")
                    .And.Contains("--builder=container"));
        }
    }

    [Test]
    public void Where_unshare_does_not_start_the_log_says_so() =>
        Assert.That(
            NetworkIsolation.Find(_ => throw new ProcessFailedException("unshare could not be started", null)).Description,
            Does.StartWith("recipes have a network here (unshare could not be started)"));

    private NetworkIsolation Find(string allowed) => NetworkIsolation.Find(request =>
    {
        asked.Add(string.Join(' ', request.Arguments));
        return request.Arguments[0] == allowed
            ? new ProcessResult(0, string.Empty, string.Empty)
            : new ProcessResult(1, string.Empty, "unshare failed: Operation not permitted\n");
    });
}
