namespace Berth.Tests.CloudFormation;

public sealed class StackTests : IAsyncLifetime
{
    private const string Simple = """
        Description: one thing
        Parameters: {Value: {Type: String, Default: one}, Secret: {Type: String, NoEcho: true, Default: hidden}}
        Resources: {A: {Type: AWS::Test::Thing, Metadata: {For: you}, Properties: {Name: thing, Value: !Ref Value}}}
        Outputs: {Arn: {Value: !GetAtt A.Arn, Description: its ARN, Export: {Name: shared}}}
        """;

    private StackHost host = null!;

    public async ValueTask InitializeAsync() => host = await StackHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_stack_is_answered_as_it_was_made()
    {
        var id = await host.MakeAsync("app", Simple);

        Assert.Matches("^arn:aws:cloudformation:us-east-1:123456789012:stack/app/[0-9a-f-]{36}$", id);
        var stack = await host.DoAsync("DescribeStacks", "StackName", "app");
        Assert.Equal(
            $"<Stacks><member><StackId>{id}</StackId><StackName>app</StackName><Description>one thing</Description>"
            + "<Parameters><member><ParameterKey>Value</ParameterKey><ParameterValue>one</ParameterValue></member>"
            + "<member><ParameterKey>Secret</ParameterKey><ParameterValue>****</ParameterValue></member></Parameters>"
            + $"<CreationTime>{stack["CreationTime"]}</CreationTime><RollbackConfiguration /><StackStatus>CREATE_COMPLETE</StackStatus>"
            + "<DisableRollback>false</DisableRollback><NotificationARNs />"
            + "<Outputs><member><OutputKey>Arn</OutputKey><OutputValue>arn:test:thing</OutputValue><Description>its ARN</Description><ExportName>shared</ExportName></member></Outputs>"
            + "<Tags /><EnableTerminationProtection>false</EnableTerminationProtection>"
            + "<DriftInformation><StackDriftStatus>NOT_CHECKED</StackDriftStatus></DriftInformation></member></Stacks>",
            stack.Result);
        var resource = await host.DoAsync("DescribeStackResource", "StackName", "app", "LogicalResourceId", "A");
        Assert.Equal(
            $"<StackResourceDetail><StackName>app</StackName><StackId>{id}</StackId><LogicalResourceId>A</LogicalResourceId><PhysicalResourceId>thing</PhysicalResourceId>"
            + $"<ResourceType>AWS::Test::Thing</ResourceType><LastUpdatedTimestamp>{resource["LastUpdatedTimestamp"]}</LastUpdatedTimestamp>"
            + "<ResourceStatus>CREATE_COMPLETE</ResourceStatus><Metadata>{\"For\":\"you\"}</Metadata>"
            + "<DriftInformation><StackResourceDriftStatus>NOT_CHECKED</StackResourceDriftStatus></DriftInformation></StackResourceDetail>",
            resource.Result);
        Assert.Equal(["thing"], (await host.DoAsync("DescribeStackResources", "PhysicalResourceId", "thing")).All("PhysicalResourceId"));
        Assert.Equal(["A"], (await host.DoAsync("ListStackResources", "StackName", "app")).All("LogicalResourceId"));
        Assert.Equal(["shared"], (await host.DoAsync("ListExports")).All("Name"));
        Assert.Equal(Simple, (await host.DoAsync("GetTemplate", "StackName", "app"))["TemplateBody"]!.ReplaceLineEndings("\n"));
        var events = await host.DoAsync("DescribeStackEvents", "StackName", "app");
        Assert.Equal(["CREATE_COMPLETE", "CREATE_COMPLETE", "CREATE_IN_PROGRESS", "CREATE_IN_PROGRESS", "CREATE_IN_PROGRESS"], events.All("ResourceStatus"));
        Assert.Equal(["Resource creation Initiated", "User Initiated"], events.All("ResourceStatusReason"));
    }

    [Fact]
    public async Task A_deleted_stack_is_known_by_its_ARN_alone()
    {
        var id = await host.MakeAsync("app", Simple);

        await host.DoAsync("DeleteStack", "StackName", "app");

        Assert.Equal("DELETE_COMPLETE", await host.WaitAsync(id));
        await host.DoAsync("DeleteStack", "StackName", "app");
        await host.RefusedAsync("400 ValidationError: Stack with id app does not exist", "DescribeStacks", "StackName", "app");
        await host.RefusedAsync("400 ValidationError: Stack [app] does not exist", "DescribeStackEvents", "StackName", "app");
        await host.RefusedAsync($"400 ValidationError: Stack:{id} is in DELETE_COMPLETE state and can not be updated.", "UpdateStack", "StackName", id, "TemplateBody", Simple);
        Assert.Empty((await host.DoAsync("DescribeStacks")).All("StackName"));
        Assert.Equal(["DELETE_COMPLETE"], (await host.DoAsync("ListStacks")).All("StackStatus"));
        Assert.Empty((await host.DoAsync("ListStacks", "StackStatusFilter.member.1", "CREATE_COMPLETE")).All("StackStatus"));
    }

    [Theory]
    [InlineData("ValidationError: Either Template URL or Template Body must be specified.", "CreateStack")]
    [InlineData("ValidationError: TemplateURL must be a supported URL.", "CreateStack", "TemplateURL", "s3://a/b")]
    [InlineData("ValidationError: Template format error: Unrecognized resource types: [AWS::No::Such]", "CreateStack", "TemplateBody", "Resources: {A: {Type: AWS::No::Such}}")]
    [InlineData("ValidationError: Encountered unsupported property Nam", "CreateStack", "TemplateBody", "Resources: {A: {Type: AWS::Test::Thing, Properties: {Nam: x}}}")]
    [InlineData("ValidationError: Template error: resource A does not support attribute type Nope in Fn::GetAtt", "CreateStack", "TemplateBody", "Resources: {A: {Type: AWS::Test::Thing}, B: {Type: AWS::Test::Thing, Properties: {Value: !GetAtt A.Nope}}}")]
    [InlineData("ValidationError: Template error: Unable to get mapping for A::B::C", "CreateStack", "TemplateBody", "Resources: {A: {Type: AWS::Test::Thing, Properties: {Value: !FindInMap [A, B, C]}}}")]
    [InlineData("InsufficientCapabilitiesException: Requires capabilities : [CAPABILITY_IAM]", "CreateStack", "TemplateBody", "Resources: {A: {Type: AWS::IAM::Role}}")]
    [InlineData("InsufficientCapabilitiesException: Requires capabilities : [CAPABILITY_NAMED_IAM]", "CreateStack", "TemplateBody", "Resources: {A: {Type: AWS::IAM::Role, Properties: {RoleName: x}}}", "Capabilities.member.1", "CAPABILITY_IAM")]
    [InlineData("ValidationError: Parameters: [P] must have values", "CreateStack", "TemplateBody", "Parameters: {P: {Type: String}}\nResources: {A: {Type: AWS::Test::Thing}}")]
    [InlineData("ValidationError: Resource type AWS::Test::Thing is not allowed by parameter ResourceTypes [AWS::EC2::*]", "CreateStack", "TemplateBody", "Resources: {A: {Type: AWS::Test::Thing}}", "ResourceTypes.member.1", "AWS::EC2::*")]
    [InlineData("ValidationError: the parameter 'StackPolicyBody' is not available here", "CreateStack", "TemplateBody", "Resources: {A: {Type: AWS::Test::Thing}}", "StackPolicyBody", "{}")]
    [InlineData("ValidationError: Stack with id new does not exist", "UpdateStack", "TemplateBody", "x")]
    [InlineData("ValidationError: Stack with id new does not exist", "GetTemplate")]
    [InlineData("ValidationError: Stack [new] does not exist", "DeleteChangeSet", "ChangeSetName", "x")]
    [InlineData("ValidationError: Role arn:aws:iam::123456789012:role/none is invalid or cannot be assumed", "CreateStack", "TemplateBody", "Resources: {A: {Type: AWS::Test::Thing}}", "RoleARN", "arn:aws:iam::123456789012:role/none")]
    public Task What_cannot_be_is_refused_in_CloudFormations_words(string error, string operation, params string[] members) =>
        host.RefusedAsync("400 " + error, operation, ["StackName", "new", .. members]);

    [Fact]
    public async Task Names_and_templates_have_their_forms()
    {
        await host.RefusedAsync(
            "400 ValidationError: 1 validation error detected: Value '*@da591fa3_$' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/._+]*",
            "CreateStack", "StackName", "*@da591fa3_$", "TemplateBody", Simple);
        await host.RefusedAsync("400 ValidationError: StackName must be specified if ChangeSetName is not specified as an ARN.", "DeleteChangeSet", "ChangeSetName", "x");
        await host.RefusedAsync("404 ChangeSetNotFound: ChangeSet [arn:aws:cloudformation:us-east-1:123456789012:changeSet/x/y] does not exist", "DescribeChangeSet", "ChangeSetName", "arn:aws:cloudformation:us-east-1:123456789012:changeSet/x/y");
        await host.RefusedAsync("400 ValidationError: StackName is required if ChangeSetName is not specified.", "GetTemplate");
        await host.RefusedAsync("400 ValidationError: StackName is a required parameter.", "GetTemplate", "ChangeSetName", "x");
        var tooLong = await host.CallAsync("ValidateTemplate", "TemplateBody", new string('x', 51_201));
        Assert.EndsWith("at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to 51200", tooLong["Message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_is_summed_up()
    {
        var summary = await host.DoAsync("GetTemplateSummary", "TemplateBody", "Parameters: {P: {Type: String, AllowedValues: [a], NoEcho: true}}\nResources: {R: {Type: AWS::IAM::Role, Properties: {RoleName: x}}}");

        Assert.Equal(
            "<Parameters><member><ParameterKey>P</ParameterKey><ParameterType>String</ParameterType><NoEcho>true</NoEcho>"
            + "<ParameterConstraints><AllowedValues><member>a</member></AllowedValues></ParameterConstraints></member></Parameters>"
            + "<Capabilities><member>CAPABILITY_NAMED_IAM</member></Capabilities>"
            + "<CapabilitiesReason>The following resource(s) require capabilities: [AWS::IAM::Role]</CapabilitiesReason>"
            + "<ResourceTypes><member>AWS::IAM::Role</member></ResourceTypes><Version>2010-09-09</Version>",
            summary.Result);
        Assert.Equal(["CAPABILITY_NAMED_IAM"], (await host.DoAsync("ValidateTemplate", "TemplateBody", "Resources: {R: {Type: AWS::IAM::Role, Properties: {RoleName: x}}}")).All("member"));
        Assert.Equal(["2000", "200"], (await host.DoAsync("DescribeAccountLimits")).All("Value"));
    }

    [Fact]
    public async Task The_command_lines_deploy_goes_through()
    {
        await host.RefusedAsync("400 ValidationError: Stack with id app does not exist", "DescribeStacks", "StackName", "app");
        var made = await host.DoAsync(
            "CreateChangeSet", "StackName", "app", "ChangeSetName", "deploy-1", "ChangeSetType", "CREATE", "TemplateBody", Simple,
            "Description", "Created by AWS CLI", "DeploymentConfig.Mode", "STANDARD", "Parameters.member.1.ParameterKey", "Value", "Parameters.member.1.ParameterValue", "two");
        await host.RefusedAsync("400 ValidationError: GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.", "GetTemplateSummary", "StackName", "app");
        var set = await host.DoAsync("DescribeChangeSet", "ChangeSetName", made["Id"]!);
        Assert.Equal(("CREATE_COMPLETE", "AVAILABLE", "Add", "A"), (set["Status"], set["ExecutionStatus"], set["Action"], set["LogicalResourceId"]));
        await host.DoAsync("ExecuteChangeSet", "ChangeSetName", made["Id"]!, "StackName", "app", "DisableRollback", "false");
        Assert.Equal("CREATE_COMPLETE", await host.WaitAsync("app"));

        Assert.Equal(["Value", "Secret"], (await host.DoAsync("GetTemplateSummary", "StackName", "app")).All("ParameterKey"));
        await host.DoAsync(
            "CreateChangeSet", "StackName", "app", "ChangeSetName", "deploy-2", "ChangeSetType", "UPDATE", "TemplateBody", Simple,
            "Parameters.member.1.ParameterKey", "Value", "Parameters.member.1.UsePreviousValue", "true");
        var empty = await host.DoAsync("DescribeChangeSet", "StackName", "app", "ChangeSetName", "deploy-2");
        Assert.Equal(("FAILED", "UNAVAILABLE"), (empty["Status"], empty["ExecutionStatus"]));
        Assert.Equal("The submitted information didn't contain changes. Submit different information to create a change set.", empty["StatusReason"]);
        Assert.Equal(["deploy-1", "deploy-2"], (await host.DoAsync("ListChangeSets", "StackName", "app")).All("ChangeSetName"));
        await host.RefusedAsync(
            "400 ValidationError: Stack [app] already exists and cannot be created again with the changeSet [again].",
            "CreateChangeSet", "StackName", "app", "ChangeSetName", "again", "ChangeSetType", "CREATE", "TemplateBody", Simple);
        await host.DoAsync("DeleteChangeSet", "StackName", "app", "ChangeSetName", "deploy-2");
    }

    [Fact]
    public async Task Stacks_come_in_pages_and_so_do_events()
    {
        await host.MakeAsync("big", "Resources: {" + string.Join(", ", Enumerable.Range(0, 40).Select(at => $"R{at}: {{Type: AWS::Test::Thing}}")) + "}");

        var first = await host.DoAsync("DescribeStackEvents", "StackName", "big");
        var second = await host.DoAsync("DescribeStackEvents", "StackName", "big", "NextToken", first["NextToken"]!);

        Assert.Equal((100, 22, null), (first.All("EventId").Length, second.All("EventId").Length, second["NextToken"]));
        Assert.Equal("User Initiated", second.All("ResourceStatusReason")[^1]);
    }
}
