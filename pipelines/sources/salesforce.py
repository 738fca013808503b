"""Salesforce: opportunities, their history, events and tasks.

Reports carry the labels of the person who runs them; data exports and loaders carry API names,
custom fields end in ``__c`` and relations look like ``Owner.Name``. An event has no outcome:
nothing in Salesforce says whether it was held.
"""

from pipelines.sources.source import Layout, Source

_OWNER = (
    "Opportunity Owner",
    "Propriétaire de l'opportunité",
    "Owner.Name",
    "OwnerName__c",
    "Owner.External_Id__c",
    "OwnerId",
)
_DEAL_LINK = (
    "What.External_Id__c",
    "Opportunity ID",
    "ID de l'opportunité",
    "WhatId",
    "Opportunity",
    "Opportunité",
)
_ACTIVITY_OWNER = (
    "Assigned",
    "Assigned To",
    "Attribué à",
    "Owner.Name",
    "Owner.External_Id__c",
    "OwnerId",
)
_ACTIVITY_ID = ("Activity ID", "ID de l'activité", "Id", "External_Id__c")

_OPPORTUNITIES = Layout(
    entity="deals",
    headers={
        "external_id": (
            "Opportunity ID",
            "ID de l'opportunité",
            "Id",
            "OpportunityId",
            "External_Id__c",
        ),
        "name": ("Opportunity Name", "Nom de l'opportunité", "Name", "OpportunityName"),
        "account": (
            "Account Name",
            "Nom du compte",
            "Account.Name",
            "Account.External_Id__c",
            "AccountId",
        ),
        "owner": _OWNER,
        "stage": ("Stage", "Étape", "StageName", "StageName__c"),
        "amount": ("Amount", "Montant", "Amount (converted)", "Montant (converti)", "Amount__c"),
        "currency": ("Amount Currency", "Montant Devise", "CurrencyIsoCode"),
        "close_on": ("Close Date", "Date de clôture", "CloseDate", "CloseDate__c"),
        "created_on": (
            "Created Date",
            "Date de création",
            "DateTimeCreated__c",
            "CreatedDate__c",
            "CreatedDate",
        ),
        "updated_on": (
            "Last Modified Date",
            "Date de la dernière modification",
            "LastModifiedDate",
            "LastModifiedDate__c",
        ),
        "is_closed": ("Closed", "Fermée", "IsClosed"),
        "is_won": ("Won", "Gagnée", "IsWon"),
        "is_deleted": ("IsDeleted",),
        "lead_source": ("Lead Source", "Origine de la piste", "Piste d'origine", "LeadSource"),
        "loss_reason": ("Loss Reason", "Raison de la perte", "Loss_Reason__c"),
        "segment": ("Segment", "Segment__c"),
        "region": ("Region", "Région", "Region__c"),
        "business_unit": ("Business Unit", "Business_Unit__c"),
        "product_line": ("Product Line", "Product_Line__c"),
    },
    needs=(("external_id", "name"), ("stage", "is_closed")),
    signature=(
        "Opportunity ID",
        "ID de l'opportunité",
        "OpportunityId",
        "Opportunity Name",
        "Nom de l'opportunité",
        "OpportunityName",
        "Opportunity Owner",
        "Propriétaire de l'opportunité",
        "Account Name",
        "Nom du compte",
        "AccountId",
        "StageName",
        "CloseDate",
        "IsWon",
        "IsClosed",
        "ForecastCategoryName",
        "Owner.External_Id__c",
        "OwnerId",
        "Amount Currency",
        "Rôle du propriétaire",
        "Owner Role",
    ),
    excludes=("Opportunity.External_Id__c", "PrevAmount", "From Stage", "De l'étape"),
)

_HISTORY = Layout(
    entity="stage_entries",
    headers={
        "deal": (
            "OpportunityId",
            "Opportunity.External_Id__c",
            "Opportunity ID",
            "ID de l'opportunité",
        ),
        "stage": ("StageName", "StageName__c", "To Stage", "Stage", "Étape"),
        "from_stage": ("From Stage",),
        "entered_on": (
            "CreatedDate",
            "CreatedDate__c",
            "Last Modified",
            "Last Modified Date",
            "Edit Date",
        ),
        "is_deleted": ("IsDeleted",),
    },
    needs=(("deal",), ("stage",), ("entered_on",)),
    signature=(
        "Opportunity.External_Id__c",
        "OpportunityId",
        "StageName__c",
        "PrevAmount",
        "PrevCloseDate",
        "From Stage",
        "To Stage",
        "ForecastCategory__c",
        "ForecastCategory",
        "StageName",
    ),
    # an opportunity has a name and an owner, a line of its history has not
    excludes=(
        "Name",
        "Opportunity Name",
        "OpportunityName",
        "Nom de l'opportunité",
        "OwnerId",
        "AccountId",
    ),
)

_EVENTS = Layout(
    entity="activities",
    kind="meeting",
    headers={
        "external_id": _ACTIVITY_ID,
        "activity_on": ("ActivityDate", "ActivityDateTime", "StartDateTime", "Start", "Début"),
        "duration_min": ("DurationInMinutes",),
        "subject": ("Subject", "Objet"),
        "deal": _DEAL_LINK,
        "account": ("Account.Name", "Company / Account", "Compte", "AccountId"),
        "owner": _ACTIVITY_OWNER,
        "is_deleted": ("IsDeleted",),
    },
    needs=(("activity_on",), ("subject", "deal")),
    signature=(
        "ActivityDateTime",
        "DurationInMinutes",
        "EventSubtype",
        "StartDateTime",
        "EndDateTime",
        "IsAllDayEvent",
        "ActivityDate",
        "WhatId",
        "What.External_Id__c",
    ),
    excludes=("TaskSubtype", "CallDisposition", "Status", "Statut", "IsTask"),
)

_TASKS = Layout(
    entity="activities",
    kind="task",
    headers={
        "external_id": _ACTIVITY_ID,
        "kind": ("TaskSubtype",),
        "call_type": ("CallType", "CallDisposition"),
        "due_on": ("ActivityDate",),
        "completed_on": ("CompletedDateTime",),
        "duration_sec": ("CallDurationInSeconds",),
        "subject": ("Subject", "Objet"),
        "task_status": ("Status", "Statut"),
        "deal": _DEAL_LINK,
        "account": ("Account.Name", "AccountId"),
        "owner": _ACTIVITY_OWNER,
        "is_deleted": ("IsDeleted",),
    },
    needs=(("due_on", "completed_on"), ("task_status",)),
    signature=(
        "TaskSubtype",
        "CallDisposition",
        "CallType",
        "CallDurationInSeconds",
        "CompletedDateTime",
        "ActivityDate",
        "WhatId",
        "What.External_Id__c",
    ),
    excludes=("EventSubtype",),
)

_ACTIVITY_REPORT = Layout(
    entity="activities",
    headers={
        "external_id": _ACTIVITY_ID,
        "kind": ("Activity Type", "Type d'activité"),
        "is_task": ("Task", "Tâche"),
        "activity_on": ("Date",),
        "subject": ("Subject", "Objet"),
        "task_status": ("Status", "Statut"),
        "deal": _DEAL_LINK,
        "account": ("Company / Account", "Compte"),
        "owner": ("Assigned", "Attribué à"),
    },
    needs=(("activity_on",), ("subject",), ("kind", "is_task")),
    signature=("Assigned", "Company / Account", "Priority", "Priorité", "Objet", "Subject"),
)

SOURCE = Source(
    name="salesforce",
    title="Salesforce",
    layouts=(_OPPORTUNITIES, _HISTORY, _EVENTS, _TASKS, _ACTIVITY_REPORT),
)
