using System.Reflection;

namespace Cake.Frosting.Internal;

/// <summary>What a task's class says about the task.</summary>
internal sealed class TaskShape
{
    private readonly Type type;

    /// <summary>The generic base that the task was derived from.</summary>
    private readonly Type taskBase;

    public TaskShape(Type type)
    {
        this.type = type;
        taskBase = type;
        while (!IsTaskBase(taskBase))
        {
            taskBase = taskBase.BaseType!; // nothing else implements IFrostingTask
        }
    }

    public string Name => type.Name;

    public string Description => type.GetCustomAttribute<TaskDescriptionAttribute>()?.Description ?? string.Empty;

    public Type ContextType => taskBase.GetGenericArguments()[0];

    public IEnumerable<string> Predecessors => type.GetCustomAttributes<IsDependentOnAttribute>().Select(edge => edge.Task.Name);

    public IEnumerable<string> Successors => type.GetCustomAttributes<IsDependeeOfAttribute>().Select(edge => edge.Task.Name);

    /// <summary>Whether the task has its own version of a method.</summary>
    public bool Overrides(string method) => type
        .GetMethods(BindingFlags.Public | BindingFlags.Instance)
        .Any(candidate => candidate.Name == method
            && candidate.GetBaseDefinition().DeclaringType == taskBase
            && candidate.DeclaringType != taskBase);

    private static bool IsTaskBase(Type type) => type.IsGenericType
        && (type.GetGenericTypeDefinition() == typeof(FrostingTask<>) || type.GetGenericTypeDefinition() == typeof(AsyncFrostingTask<>));
}
