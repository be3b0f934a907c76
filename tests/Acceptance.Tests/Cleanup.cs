using Qcw.Acceptance.Tests.SharedFolders;

namespace Qcw.Acceptance.Tests;

/// <summary>Deletes what tests share when all have run: the test host does not wait for handlers of its own exit.</summary>
[SetUpFixture]
internal sealed class Cleanup
{
    [OneTimeTearDown]
    public void Delete()
    {
        WineTemplate.Delete();
        UnixSocketLayer.Delete();
        NinePServer.Delete();
    }
}
