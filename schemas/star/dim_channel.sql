create table main.dim_channel (
    channel_key bigint,
    channel_id varchar,
    name varchar,
    channel_group varchar,
    is_paid boolean
);

comment on table main.dim_channel is 'Through which marketing channel did someone come? A fixed list; the words of the sources are mapped onto it in meta.channel_word';
comment on column main.dim_channel.channel_key is 'fixed number of the channel; -1 word not known, -2 none stated, -3 not yet happened';
comment on column main.dim_channel.channel_id is 'short name used in settings (paid_search)';
comment on column main.dim_channel.name is 'channel as people call it';
comment on column main.dim_channel.channel_group is 'one level above: online, broadcast, print, personal or direct';
comment on column main.dim_channel.is_paid is 'true where each contact costs media money';
