namespace Berth.Tests.CloudFormation;

/// <summary>A template of everything that a push from a private network needs, through the engine and the types that there are.</summary>
public sealed class WholeStackTests : IAsyncLifetime
{
    private const string Template = """
        Resources:
          VPC: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
          Gateway: {Type: AWS::EC2::InternetGateway}
          Attachment: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref VPC, InternetGatewayId: !Ref Gateway}}
          Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref VPC, CidrBlock: 10.0.1.0/24, AvailabilityZone: !Sub "${AWS::Region}a"}}
          Address: {Type: AWS::EC2::EIP, DependsOn: Attachment, Properties: {Domain: vpc}}
          Nat: {Type: AWS::EC2::NatGateway, Properties: {AllocationId: !GetAtt Address.AllocationId, SubnetId: !Ref Subnet}}
          Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref VPC}}
          Route: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Nat}}
          Association: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Subnet, RouteTableId: !Ref Table}}
          Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: Deny all., VpcId: !Ref VPC}}
          Role:
            Type: AWS::IAM::Role
            Properties:
              AssumeRolePolicyDocument:
                Version: 2012-10-17
                Statement: [{Effect: Allow, Principal: {Service: [ec2.amazonaws.com]}, Action: sts:AssumeRole}]
              ManagedPolicyArns: [arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser]
          Profile: {Type: AWS::IAM::InstanceProfile, Properties: {Path: /, Roles: [!Ref Role]}}
          Instance:
            Type: AWS::EC2::Instance
            Properties:
              ImageId: ami-12345678
              InstanceType: t4g.nano
              IamInstanceProfile: !Ref Profile
              NetworkInterfaces: [{DeviceIndex: 0, SubnetId: !Ref Subnet, GroupSet: [!Ref Group]}]
              UserData: !Base64 |
                #!/bin/bash
          Repository:
            Type: AWS::ECR::Repository
            Properties:
              RepositoryName: app
              RepositoryPolicyText:
                Version: 2012-10-17
                Statement: [{Effect: Deny, Principal: "*", Action: "*", Condition: {ArnNotEquals: {aws:PrincipalArn: !GetAtt Role.Arn}}}]
        Outputs:
          Uri: {Value: !GetAtt Repository.RepositoryUri}
        """;

    private StackHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await StackHost.StartAsync();
        host.Berth.Server.Domain.ResourceTypes = null;
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_network_with_a_machine_and_a_repository_is_made_and_what_denies_its_maker_stays()
    {
        var id = (await host.DoAsync("CreateStack", "StackName", "app", "TemplateBody", Template, "Capabilities.member.1", "CAPABILITY_IAM"))["StackId"]!;
        var status = await host.WaitAsync(id);
        var events = await host.DoAsync("DescribeStackEvents", "StackName", id);
        Assert.True(status is "CREATE_COMPLETE", $"{status}: {string.Join("; ", events.All("ResourceStatusReason"))}");
        Assert.EndsWith("/app", (await host.DoAsync("DescribeStacks", "StackName", id))["OutputValue"], StringComparison.Ordinal);

        await host.DoAsync("DeleteStack", "StackName", id);

        Assert.Equal("DELETE_FAILED", await host.WaitAsync(id));
        var reasons = (await host.DoAsync("DescribeStackEvents", "StackName", id)).All("ResourceStatusReason");
        Assert.Contains(reasons, reason => reason.Contains("with an explicit deny in a resource-based policy (Service: Ecr, Status Code: 400", StringComparison.Ordinal));
        Assert.Equal(["Repository"], (await host.DoAsync("DescribeStackResources", "StackName", id)).All("LogicalResourceId")
            .Zip((await host.DoAsync("DescribeStackResources", "StackName", id)).All("ResourceStatus"))
            .Where(one => one.Second is "DELETE_FAILED").Select(one => one.First).ToArray());
    }
}
